import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { testAccount } from '../account.ts';
import { exchange } from './sigv4/exchange.ts';
import { sha256, sign } from './sigv4/sign.ts';

const account = await testAccount();

interface Asked {
  readonly service: string;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

function call(asked: Asked) {
  const sent = sign({ host: new URL(account.url).host, credentials: account.client.credentials, ...asked });
  return exchange(account.url, sent);
}

const form = (service: string, action: string, version: string): Asked => ({
  service,
  headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
  body: `Action=${action}&Version=${version}`,
});
const message = (what: string) => `The practice account doesn't support ${what}.`;

describe('an unsupported service is rejected in XML if its clients read XML:', () => {
  test.each([
    form('sns', 'ListTopics', '2010-03-31'),
    form('elasticloadbalancing', 'DescribeLoadBalancers', '2015-12-01'),
    form('autoscaling', 'DescribeAutoScalingGroups', '2011-01-01'),
    { service: 'sns', method: 'GET', path: '/?Action=ListTopics&Version=2010-03-31' },
    { service: 'route53', method: 'GET', path: '/2013-04-01/hostedzone' },
    { service: 'cloudfront', method: 'GET', path: '/2020-05-31/distribution' },
  ])('$service', async (asked) => {
    const { status, body } = await call(asked);
    expect(status).toBe(501);
    expect(new XMLParser().parse(body)).toMatchObject({
      ErrorResponse: { Error: { Type: 'Sender', Code: 'NotImplemented', Message: message(asked.service) } },
    });
  });

  test('ec2, which has its own shape', async () => {
    const { status, body } = await call(form('ec2', 'DescribeInstances', '2016-11-15'));
    expect(status).toBe(501);
    expect(new XMLParser().parse(body)).toMatchObject({
      Response: {
        Errors: { Error: { Code: 'NotImplemented', Message: message('ec2') } },
        RequestID: expect.anything(),
      },
    });
  });

  test('whatever its name in the signature is', async () => {
    const { body } = await call(form('<a>&amp;', 'Do', '2020-01-01'));
    expect(new XMLParser().parse(body)).toMatchObject({ ErrorResponse: { Error: { Message: message('<a>&amp;') } } });
  });
});

describe('and in JSON if they read JSON:', () => {
  test.each([
    ['sqs', { 'x-amz-target': 'AmazonSQS.ListQueues' }, 'AmazonSQS.ListQueues'],
    ['kms', { 'x-amz-target': 'TrentService.ListKeys' }, 'TrentService.ListKeys'],
    ['batch', { 'content-type': 'application/json', 'x-amz-content-sha256': sha256('') }, 'batch'],
  ])('%s', async (service, headers, what) => {
    const { status, body } = await call({ service, headers });
    expect(status).toBe(501);
    expect(JSON.parse(body)).toEqual({ __type: 'NotImplemented', message: message(what) });
  });
});

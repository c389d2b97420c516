import { expect, test } from 'vitest';
import { testAccount } from '../account.ts';
import { sign } from './sigv4/sign.ts';

// JSON nested deeper than any service accepts, so code that walks it must stop at some depth.

const account = await testAccount();

const json = { 'content-type': 'application/x-amz-json-1.0' };
const post = (service: string, path: string, target: string | undefined, body: string) => {
  const headers = { ...json, ...(target === undefined ? {} : { 'x-amz-target': target }) };
  const host = new URL(account.url).host;
  const sent = sign({ host, path, service, credentials: account.client.credentials, headers, body });
  return fetch(new URL(path, account.url), { method: 'POST', headers: sent.headers, body });
};
const calls = {
  DynamoDB: (body: string) => post('dynamodb', '/', 'DynamoDB_20120810.ListTables', body),
  'Systems Manager': (body: string) => post('ssm', '/', 'AmazonSSM.DescribeParameters', body),
  Cognito: (body: string) => post('cognito-idp', '/', 'AWSCognitoIdentityProviderService.ListUserPools', body),
  'API Gateway': (body: string) => post('apigateway', '/v2/apis', undefined, body),
  Lambda: (body: string) => post('lambda', '/2015-03-31/functions', undefined, body),
};

/** An object with this many levels in total, with lists and with text that only looks like nesting. */
function nested(levels: number, inner = '1'): string {
  const inside = levels - 1;
  return `{"x":"[[{\\"[","Deep":${'['.repeat(inside)}${inner}${']'.repeat(inside)}}`;
}

test.each(Object.keys(calls) as Array<keyof typeof calls>)('%s accepts 100 levels, and rejects more', async (name) => {
  const ask = async (body: string) => {
    const answer = await calls[name](body);
    return { status: answer.status, text: `${answer.headers.get('x-amzn-errortype') ?? ''} ${await answer.text()}` };
  };
  expect((await ask(nested(100))).text).not.toContain('nested');
  for (const body of [nested(101), nested(101, 'null'), nested(1_000_000), '['.repeat(1_000_000)]) {
    const begun = performance.now();
    const { status, text } = await ask(body);
    expect(text).toMatch(/SerializationException.* nested too deeply/);
    expect(status).toBe(400);
    expect(performance.now() - begun).toBeLessThan(1000);
  }
});

test('many siblings are not nesting, and truncated text is not JSON', async () => {
  const beside = `{"x":[${'{"y":[]},'.repeat(10_000)}{}]}`;
  expect(await (await calls.DynamoDB(beside)).text()).not.toContain('SerializationException');
  expect(await (await calls.DynamoDB(`${' '.repeat(200)}{"x":"[[`)).text()).toContain('is not JSON');
});

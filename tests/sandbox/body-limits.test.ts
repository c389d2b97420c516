import { request as send } from 'node:http';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { testAccount } from '../account.ts';
import { exchange } from './sigv4/exchange.ts';
import { type Forged, sign } from './sigv4/sign.ts';

const megabyte = 1024 * 1024;

const account = await testAccount();

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const target = (name: string) => ({ 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': name });

function call(asked: Omit<Forged, 'host' | 'credentials'>, credentials = account.client.credentials) {
  return exchange(account.url, sign({ host: new URL(account.url).host, credentials, ...asked }));
}

describe('a signed body larger than its service accepts is rejected by that service:', () => {
  test.each<[string, number, Omit<Forged, 'host' | 'credentials' | 'body'>, RegExp]>([
    ['IAM', 1, { service: 'iam', headers: form }, /<Code>RequestEntityTooLarge</],
    ['STS', 1, { service: 'sts', headers: form }, /<Code>RequestEntityTooLarge</],
    ['CloudFormation', 1, { service: 'cloudformation', headers: form }, /<Code>RequestEntityTooLarge</],
    ['DynamoDB', 16, { service: 'dynamodb', headers: target('DynamoDB_20120810.PutItem') }, /SerializationException/],
    ['Systems Manager', 4, { service: 'ssm', headers: target('AmazonSSM.PutParameter') }, /SerializationException/],
    [
      'CloudWatch Logs',
      4,
      { service: 'logs', headers: target('Logs_20140328.PutLogEvents') },
      /SerializationException/,
    ],
    ['Lambda', 4, { service: 'lambda', path: '/2015-03-31/functions/f/aliases' }, /too large|larger/],
    ['Invoke', 8, { service: 'lambda', path: '/2015-03-31/functions/f/invocations' }, /too large|larger/],
    ['API Gateway', 4, { service: 'apigateway', path: '/v2/apis' }, /larger/],
    ['S3, for XML', 2, { service: 's3', path: '/bucket?delete' }, /<Code>MaxMessageLengthExceeded</],
  ])('%s, at %i MB', async (_what, size, asked, expected) => {
    const body = Buffer.alloc(size * megabyte + 1, 'a');
    const answer = await call({ payload: 'UNSIGNED-PAYLOAD', ...asked, body });
    expect(answer.body).toMatch(expected);
    expect(answer.status).toBe(asked.service === 's3' ? 400 : 413);
  });

  test('and an unknown key is rejected before its body is read', async () => {
    const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' };
    const head = sign({
      host: new URL(account.url).host,
      credentials,
      service: 'dynamodb',
      headers: { ...target('DynamoDB_20120810.PutItem'), 'content-length': String(10 * megabyte) },
    });
    // Its body never arrives.
    const { status } = await new Promise<{ status: number | undefined }>((resolve, reject) => {
      const { port } = new URL(account.url);
      const sent = send({ host: '127.0.0.1', port, method: 'POST', path: '/', headers: head.headers }, (response) => {
        resolve({ status: response.statusCode });
        sent.destroy();
      });
      sent.on('error', reject);
      sent.flushHeaders();
    });
    expect(status).toBe(400);
  });
});

describe('an unsigned body is rejected before it is read to its end:', () => {
  test.each<[string, string, Readonly<Record<string, string>>, number, RegExp]>([
    ['of IAM', 'Action=ListRoles&Version=2010-05-08&a=', form, 403, /<Code>MissingAuthenticationToken</],
    ['of nobody', 'a=', form, 501, /<Code>NotImplemented</],
    ['of DynamoDB', '{"a":"', target('DynamoDB_20120810.PutItem'), 400, /MissingAuthenticationTokenException/],
    ['of a sign-in', '{"a":"', target('AWSCognitoIdentityProviderService.InitiateAuth'), 413, /SerializationException/],
  ])('%s', async (_what, begin, headers, status, expected) => {
    const body = Buffer.concat([Buffer.from(begin), Buffer.alloc(20 * megabyte, 'a')]);
    const answer = await exchange(account.url, { method: 'POST', path: '/', headers, body });
    expect(answer).toMatchObject({ status, body: expect.stringMatching(expected) });
  });
});

test('large objects are taken as they are', async () => {
  const s3 = new S3Client({ ...account.client, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
  const Body = Buffer.alloc(20 * megabyte, 'large ');
  for (const ChecksumAlgorithm of ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const) {
    await s3.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'key', Body, ChecksumAlgorithm }));
  }
  const { Body: read } = await s3.send(new GetObjectCommand({ Bucket: 'bucket', Key: 'key' }));
  expect(Body.equals(Buffer.from((await read?.transformToByteArray()) ?? []))).toBe(true);
});

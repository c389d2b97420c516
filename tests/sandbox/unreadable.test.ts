import { once } from 'node:events';
import { connect } from 'node:net';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { testAccount } from '../account.ts';
import { sha256, sign } from './sigv4/sign.ts';

const account = await testAccount();

/** Sends raw bytes and returns the response until the account hangs up. */
async function exchange(...parts: ReadonlyArray<string | Buffer>): Promise<string> {
  const socket = connect(Number(new URL(account.url).port), '127.0.0.1');
  // The account may hang up on a request that is still being sent.
  socket.on('error', () => {});
  let heard = '';
  socket.on('data', (chunk: Buffer) => {
    heard += chunk.toString('latin1');
  });
  for (const part of parts) {
    socket.write(part);
    // So the account reads one before the other.
    await new Promise((resolve) => setImmediate(resolve));
  }
  await once(socket, 'close');
  return heard;
}

const scoped = (service: string) =>
  `Host: 127.0.0.1\r\nAuthorization: AWS4-HMAC-SHA256 Credential=AKIA/20261125/us-east-1/${service}/aws4_request\r\n`;
const chunked = 'Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n';
const large = `X-Large: ${'a'.repeat(20_000)}\r\n\r\n`;

test.each<[string, string, RegExp]>([
  ['no HTTP at all', `\u0001\u0002${'x'.repeat(300)}\r\n\r\n`, /"__type":"BadRequest"/],
  ['a broken chunk', `POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n${chunked}`, /"__type":"BadRequest"/],
  ['a header too large', `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n${large}`, /"__type":"RequestHeaderSectionTooLarge"/],
  ['the same, for S3', `GET /b/k HTTP/1.1\r\n${scoped('s3')}${large}`, /<Error><Code>RequestHeaderSectionTooLarge</],
  ['a broken chunk, for IAM', `POST / HTTP/1.1\r\n${scoped('iam')}${chunked}`, /<ErrorResponse.*<Code>BadRequest</],
  ['a broken chunk, for DynamoDB', `POST / HTTP/1.1\r\n${scoped('dynamodb')}${chunked}`, /"__type":"BadRequest"/],
])('%s gets an error of the shape of AWS', async (_what, bytes, expected) => {
  const answer = await exchange(bytes);
  expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  expect(answer).toMatch(/x-amzn?-request-?id: /i);
  expect(answer).toMatch(expected);
  await new STSClient(account.client).send(new GetCallerIdentityCommand({}));
});

test('an error after the head of a request belongs to that request', async () => {
  const [head = '', ...body] = `PUT /b/k HTTP/1.1\r\n${scoped('s3')}${chunked}`.split(/(?<=\r\n\r\n)/);
  expect(await exchange(head, ...body)).toMatch(/<Error><Code>BadRequest</);
});

test('a request without a host is rejected with the reason', async () => {
  const answer = await exchange('GET / HTTP/1.1\r\nConnection: close\r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n[\s\S]*only answers requests with a Host header/);
});

test.each([
  ['s3', 'PUT', '/bucket/key', 400, '<Code>EntityTooLarge</Code>'],
  ['lambda', 'POST', '/2015-03-31/functions', 413, 'RequestEntityTooLargeException'],
])('a body that is too large gets the error of %s', async (service, method, path, status, expected) => {
  const host = new URL(account.url).host;
  const { headers } = sign({ host, service, method, path, credentials: account.client.credentials });
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const length = 71 * 1024 * 1024;
  const answer = await exchange(
    `${method} ${path} HTTP/1.1\r\n${head.join('')}content-length: ${length}\r\n\r\n`,
    Buffer.alloc(length),
  );
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(answer).toContain(expected);
});

test('XML with its own definitions is malformed, whatever they say', async () => {
  const body = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "b"><!ENTITY c "${'&a;'.repeat(10)}">]><Delete><Object><Key>&c;</Key></Object></Delete>`;
  await new S3Client({ ...account.client, forcePathStyle: true }).send(new CreateBucketCommand({ Bucket: 'bucket' }));
  const request = {
    service: 's3',
    path: '/bucket?delete',
    headers: { 'x-amz-content-sha256': sha256(body) },
    body,
    host: new URL(account.url).host,
    credentials: account.client.credentials,
  };
  const { method, path, headers } = sign(request);
  const answer = await fetch(new URL(path, account.url), { method, headers, body });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain('<Code>MalformedXML</Code>');
});

import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { testAccount } from '../../account.ts';
import { type Answer, exchange as exchangeWith, type Wire } from './exchange.ts';
import { type Forged, inChunks, type Sent, sha256, sign } from './sign.ts';

const account = await testAccount();
const host = new URL(account.url).host;
await new S3Client({ ...account.client, forcePathStyle: true }).send(new CreateBucketCommand({ Bucket: 'bucket' }));

const exchange = (request: Wire): Promise<Answer> => exchangeWith(account.url, request);

/** Signs as the account's administrator and sends the request, with something changed after signing. */
function call(forged: Partial<Forged> & Pick<Forged, 'service'>, change: Partial<Sent> = {}): Promise<Answer> {
  const signed = sign({ host, credentials: account.client.credentials, ...forged });
  return exchange({ ...signed, ...change, headers: { ...signed.headers, ...change.headers } });
}

const whoAmI = {
  service: 'sts',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: 'Action=GetCallerIdentity&Version=2011-06-15',
} as const;

const tables = {
  service: 'dynamodb',
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.ListTables' },
  body: '{}',
} as const;

const object = { service: 's3', method: 'PUT', path: '/bucket/key', body: 'text' } as const;
const hashed = { ...object, headers: { 'x-amz-content-sha256': sha256('text') } };

test('a correctly signed request is answered', async () => {
  expect(await call(whoAmI)).toMatchObject({ status: 200 });
  expect(await call(tables)).toMatchObject({ status: 200 });
  expect(await call(hashed)).toMatchObject({ status: 200 });
});

describe('a signature covers', () => {
  test('the host', async () => {
    const unsigned = await call({ ...whoAmI, signed: ['x-amz-date'] });
    expect(unsigned).toMatchObject({ status: 403, body: expect.stringContaining('<Code>SignatureDoesNotMatch<') });
    const other = await call(whoAmI, { headers: { host: 'localhost' } });
    expect(other).toMatchObject({ status: 403, body: expect.stringContaining('<Code>SignatureDoesNotMatch<') });
  });

  test('every S3 header', async () => {
    const headers = { ...hashed.headers, 'x-amz-meta-mood': 'good' };
    const signed = ['host', 'x-amz-date', 'x-amz-content-sha256'];
    const answer = await call({ ...hashed, headers, signed });
    expect(answer).toMatchObject({ status: 403, body: expect.stringContaining('<Code>AccessDenied<') });
    expect(answer.body).toContain('There were headers present in the request which were not signed');
  });

  test('the method, the query and the body', async () => {
    const get = { service: 's3', method: 'GET', path: '/bucket/key', headers: { 'x-amz-content-sha256': sha256('') } };
    expect(await call(get)).toMatchObject({ status: 200, body: 'text' });
    expect(await call(get, { method: 'DELETE' })).toMatchObject({ status: 403 });
    expect(await call(get, { path: '/bucket/other' })).toMatchObject({ status: 403 });
    expect(await call(get, { path: '/bucket/key?partNumber=1' })).toMatchObject({ status: 403 });
    const changed = await call(hashed, { body: 'else' });
    expect(changed).toMatchObject({ status: 400, body: expect.stringContaining('<Code>XAmzContentSHA256Mismatch<') });
  });

  test('the body, even where only S3 makes it optional', async () => {
    const headers = { ...whoAmI.headers, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
    expect(await call({ ...whoAmI, headers, payload: 'UNSIGNED-PAYLOAD' })).toMatchObject({ status: 403 });
    const s3 = { ...object, headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }, payload: 'UNSIGNED-PAYLOAD' };
    expect(await call(s3, { body: 'other' })).toMatchObject({ status: 200 });
  });
});

describe('the scope of a credential', () => {
  test('is that of the called service', async () => {
    const answer = await call({ ...tables, service: 'sts' });
    expect(answer).toMatchObject({ status: 400, body: expect.stringContaining('InvalidSignatureException') });
    expect(answer.body).toContain("Credential should be scoped to correct service: 'dynamodb'");
  });

  test('is that of the day, and has the right ending', async () => {
    const yesterday = await call({ ...whoAmI, scope: { day: '20200101' } });
    expect(yesterday).toMatchObject({ status: 403, body: expect.stringContaining('SignatureDoesNotMatch') });
    const odd = await call({ ...whoAmI, scope: { end: 'aws5_request' } });
    expect(odd).toMatchObject({ status: 403, body: expect.stringContaining('SignatureDoesNotMatch') });
  });

  test('reports a missing part of a signature', async () => {
    const authorization = 'AWS4-HMAC-SHA256 Credential=AKIA/20261124/us-east-1/sts/aws4_request, SignedHeaders=host';
    const query = await call(whoAmI, { headers: { authorization } });
    expect(query).toMatchObject({ status: 400, body: expect.stringContaining('<Code>IncompleteSignature<') });
    const json = await call(tables, { headers: { authorization } });
    expect(json).toMatchObject({ status: 400, body: expect.stringContaining('IncompleteSignatureException') });
    const s3 = await call(hashed, { headers: { authorization: 'AWS4-HMAC-SHA256 Credential=x' } });
    expect(s3).toMatchObject({ status: 400, body: expect.stringContaining('<Code>AuthorizationHeaderMalformed<') });
  });
});

describe('a session', () => {
  test('is invalid without its token, or with another one', async () => {
    const sts = new STSClient(account.client);
    const [one, two] = await Promise.all([
      sts.send(new GetSessionTokenCommand({})),
      sts.send(new GetSessionTokenCommand({})),
    ]);
    const { AccessKeyId: accessKeyId = '', SecretAccessKey: secretAccessKey = '' } = one.Credentials ?? {};
    const withToken = (sessionToken?: string) => ({
      accessKeyId,
      secretAccessKey,
      sessionToken,
    });
    const asks = (sessionToken?: string) => call({ ...whoAmI, credentials: withToken(sessionToken) });
    expect(await asks(one.Credentials?.SessionToken)).toMatchObject({ status: 200 });
    for (const token of [undefined, two.Credentials?.SessionToken, 'nonsense']) {
      expect(await asks(token)).toMatchObject({ status: 403, body: expect.stringContaining('InvalidClientTokenId') });
    }
    const s3 = await call({ ...hashed, credentials: withToken('nonsense') });
    expect(s3).toMatchObject({ status: 400, body: expect.stringContaining('<Code>InvalidToken<') });
  });
});

describe('a body in chunks', () => {
  /** Every chunk but the last must have at least 8 KB. */
  const large = 'first'.padEnd(8192, '.');
  const streaming = {
    ...object,
    payload: 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
    headers: {
      'content-encoding': 'aws-chunked',
      'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
      'x-amz-decoded-content-length': String(large.length + 5),
    },
  };

  test('is accepted if every chunk is signed', async () => {
    const signed = sign({ host, credentials: account.client.credentials, ...streaming });
    const body = inChunks([large, '12345'], signed);
    expect(await exchange({ ...signed, body })).toMatchObject({ status: 200 });
    const s3 = new S3Client({ ...account.client, forcePathStyle: true });
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'bucket', Key: 'key' }));
    expect(await Body?.transformToString()).toBe(`${large}12345`);
    for (const changed of [
      body.replace('12345', '54321'),
      body.replace(/;chunk-signature=\w+/, ''),
      inChunks([large.replace('first', 'other'), '12345'], signed).replace('other', 'first'),
      `${body.slice(0, body.lastIndexOf('0;chunk'))}0\r\n\r\n`,
    ]) {
      const answer = await exchange({ ...signed, body: changed });
      expect(answer).toMatchObject({ status: 403, body: expect.stringContaining('<Code>SignatureDoesNotMatch<') });
    }
  });

  test.each(['-6\r\n', '-4\r\n', 'zz\r\n', '5', '0x2\r\nab\r\n0\r\n', '5;a=b\r\nhello'])(
    'that is broken is answered, and ends nothing: %j',
    async (body) => {
      const payload = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
      const headers = { ...streaming.headers, 'x-amz-content-sha256': payload };
      const answer = await call({ ...streaming, headers, payload, body });
      expect(answer).toMatchObject({ status: 400, body: expect.stringContaining('<Code>IncompleteBody<') });
    },
  );

  test("from the SDK's streams is accepted", async () => {
    const s3 = new S3Client({ ...account.client, forcePathStyle: true });
    await expect(
      s3.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'streamed', Body: Buffer.alloc(70_000, 'a') })),
    ).resolves.toMatchObject({ ETag: expect.any(String) });
  });
});

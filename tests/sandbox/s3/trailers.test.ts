import { createHash } from 'node:crypto';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { testAccount } from '../../account.ts';
import { type Answer, exchange } from '../sigv4/exchange.ts';
import { hmac, inChunks, type Sent, sha256, sign } from '../sigv4/sign.ts';

const account = await testAccount();
await new S3Client({ ...account.client, forcePathStyle: true }).send(new CreateBucketCommand({ Bucket: 'bucket' }));

const checksum = createHash('sha256').update('hello').digest('base64');
const trailer = `x-amz-checksum-sha256:${checksum}`;

/** Puts an object whose body is sent in chunks with a trailer, as `framed` writes it. */
function put(
  payload: string,
  framed: (sent: Sent) => string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const sent = sign({
    host: new URL(account.url).host,
    credentials: account.client.credentials,
    service: 's3',
    method: 'PUT',
    path: '/bucket/key',
    payload,
    headers: {
      'content-encoding': 'aws-chunked',
      'x-amz-content-sha256': payload,
      'x-amz-decoded-content-length': '5',
      'x-amz-trailer': 'x-amz-checksum-sha256',
      ...headers,
    },
  });
  return exchange(account.url, { ...sent, body: framed(sent) });
}

describe('a body with an unsigned trailer', () => {
  const unsigned = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
  const upload = (behind: string) => put(unsigned, () => `5\r\nhello\r\n0\r\n${behind}\r\n`);

  test('is accepted with the announced trailer', async () => {
    expect(await upload(`${trailer}\r\n`)).toMatchObject({ status: 200 });
  });

  test.each([
    ['no trailer', ''],
    ['another trailer', 'x-amz-checksum-crc32:NhCmhg==\r\n'],
    ['one trailer more', `${trailer}\r\nx-amz-meta-mood:good\r\n`],
    ['an empty trailer', 'x-amz-checksum-sha256:\r\n'],
    ['a trailer without a value', 'x-amz-checksum-sha256\r\n'],
  ])('is refused with %s', async (_what, behind) => {
    const answer = await upload(behind);
    expect(answer).toMatchObject({ status: 400, body: expect.stringContaining('<Code>MalformedTrailerError<') });
  });

  test("is rejected if the checksum in its trailer doesn't match", async () => {
    const answer = await upload(`x-amz-checksum-sha256:${createHash('sha256').update('other').digest('base64')}\r\n`);
    expect(answer).toMatchObject({ status: 400, body: expect.stringContaining('<Code>BadDigest<') });
  });
});

describe('a body with a signed trailer', () => {
  const signed = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER';

  /** The chunks, without the end of the body. */
  const chunksOf = (sent: Sent) => inChunks(['hello'], sent).slice(0, -2);

  function signatureOf({ key, stamp, scope }: Sent, chunks: string, line: string): string {
    const before = /chunk-signature=(\w+)\r\n$/.exec(chunks)?.[1];
    return hmac(key, ['AWS4-HMAC-SHA256-TRAILER', stamp, scope, before, sha256(`${line}\n`)].join('\n')).toString(
      'hex',
    );
  }

  test('is accepted', async () => {
    const answer = await put(signed, (sent) => {
      const chunks = chunksOf(sent);
      return `${chunks}${trailer}\r\nx-amz-trailer-signature:${signatureOf(sent, chunks, trailer)}\r\n\r\n`;
    });
    expect(answer).toMatchObject({ status: 200 });
  });

  test.each([
    ['the trailer and its signature', () => ''],
    ['the signature of the trailer', () => `${trailer}\r\n`],
    ['the trailer', (signature: string) => `x-amz-trailer-signature:${signature}\r\n`],
    [
      'the end of the signature',
      (signature: string) => `${trailer}\r\nx-amz-trailer-signature:${signature.slice(0, 62)}zz\r\n`,
    ],
  ])('is refused without %s', async (_what, behind) => {
    const answer = await put(signed, (sent) => {
      const chunks = chunksOf(sent);
      return `${chunks}${behind(signatureOf(sent, chunks, trailer))}\r\n`;
    });
    expect(answer).toMatchObject({ status: 403, body: expect.stringContaining('<Code>SignatureDoesNotMatch<') });
  });
});

test('a trailer that is announced for a body without chunks is malformed', async () => {
  const answer = await put('UNSIGNED-PAYLOAD', () => 'hello');
  expect(answer).toMatchObject({ status: 400, body: expect.stringContaining('<Code>MalformedTrailerError<') });
});

test('every chunk but the last must have at least 8 KB', async () => {
  const framed = () => `2\r\nhe\r\n3\r\nllo\r\n0\r\n${trailer}\r\n\r\n`;
  const answer = await put('STREAMING-UNSIGNED-PAYLOAD-TRAILER', framed);
  expect(answer).toMatchObject({ status: 403, body: expect.stringContaining('<Code>InvalidChunkSizeError<') });
});

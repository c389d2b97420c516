import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { functionsOf, makeRole } from './lambda/functions.ts';
import { longestAllowed, type MeteredAccount, startMeteredAccount } from './metered-account.ts';
import { exchange } from './sigv4/exchange.ts';

const megabyte = 1024 * 1024;
let account: MeteredAccount;
let role: string;

beforeAll(async () => {
  account = await startMeteredAccount();
  await new S3Client({ ...account.client, forcePathStyle: true }).send(new CreateBucketCommand({ Bucket: 'stalls' }));
  role = await makeRole(account);
});
afterAll(() => account?.close());

const call: MeteredAccount['call'] = (asked) => account.call(asked);
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const item = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.PutItem' };
const events = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'Logs_20140328.PutLogEvents' };
const zip = { service: 'lambda', path: '/2015-03-31/functions' };
const large = { service: 's3', method: 'PUT', path: '/stalls/key' };

/** Runs a handler with this body, and waits for it. */
function invoking(body: string): () => Promise<unknown> {
  return async () => {
    const functions = functionsOf(account, role);
    const name = `f${Math.random().toString(36).slice(2)}`;
    await functions.create(
      name,
      {
        'index.mjs': `import { writeSync } from 'node:fs';
      export async function handler() { ${body} }`,
      },
      { Timeout: 60, MemorySize: 1024 },
    );
    await functions.invoke(name);
  };
}

const inputs: ReadonlyArray<readonly [string, () => Promise<unknown>]> = [
  [
    'an unsigned form of 69 MB',
    () =>
      exchange(account.client.endpoint, {
        method: 'POST',
        path: '/',
        headers: form,
        body: Buffer.alloc(69 * megabyte, 'a&'),
      }),
  ],
  [
    'a signed form',
    () =>
      call({
        service: 'iam',
        headers: form,
        body: `Action=ListRoles&Version=2010-05-08${'&a'.repeat(megabyte / 2 - 100)}`,
      }),
  ],
  [
    'a signed form of deep names',
    () =>
      call({
        service: 'iam',
        headers: form,
        body: `Action=ListRoles&Version=2010-05-08${`&a${'.b'.repeat(30)}=`.repeat(9_000)}`,
      }),
  ],
  ['XML of 20 MB', () => call({ service: 's3', path: '/stalls?delete', body: '<a/>'.repeat(5 * megabyte) })],
  [
    'XML of 2 MB',
    () =>
      call({
        service: 's3',
        path: '/stalls?delete',
        payload: 'UNSIGNED-PAYLOAD',
        headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
        body: `<Delete>${'<a/>'.repeat(megabyte / 2 - 10)}</Delete>`,
      }),
  ],
  ['JSON of many lists', () => call({ service: 'dynamodb', headers: item, body: `[${'[],'.repeat(5 * megabyte)}[]]` })],
  ['JSON of many nulls', () => call({ service: 'logs', headers: events, body: `[${'null,'.repeat(800_000)}[]]` })],
  [
    'JSON of one text',
    () => call({ service: 'dynamodb', headers: item, body: `{"TableName":"${'a'.repeat(15 * megabyte)}"}` }),
  ],
  [
    'a large invalid zip',
    () => call({ ...zip, body: JSON.stringify({ FunctionName: 'f', Code: { ZipFile: 'a'.repeat(66 * megabyte) } }) }),
  ],
  [
    'a large object',
    () =>
      call({
        ...large,
        body: Buffer.alloc(69 * megabyte),
        headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', 'x-amz-checksum-crc64nvme': 'x' },
        payload: 'UNSIGNED-PAYLOAD',
      }),
  ],
  [
    'a large object in tiny chunks',
    () =>
      call({
        ...large,
        body: '1\r\na\r\n'.repeat(10 * megabyte),
        headers: {
          'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
          'x-amz-trailer': 'x-amz-checksum-crc32',
        },
        payload: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      }),
  ],
  ['a log line of 50 MB', invoking("console.log('x'.repeat(50 * 1024 * 1024))")],
  ['a million log lines', invoking("process.stdout.write('a\\n'.repeat(1_000_000))")],
  [
    "50 MB of garbage on the runtime's pipe",
    invoking(
      'const bytes = Buffer.alloc(65_536, 1); for (let n = 0; n < 800; n++) { try { writeSync(3, bytes); } catch {} }',
    ),
  ],
];

test.each(inputs)(
  '%s keeps nobody waiting',
  async (name, work) => {
    const turn = await account.longestTurnDuring(work);
    if (process.env.STALLS !== undefined) console.log(`${name}: ${turn.toFixed(0)} ms`);
    expect(turn).toBeLessThan(longestAllowed);
  },
  120_000,
);

import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, it, onTestFinished } from 'vitest';
import { DamagedStateError } from '../../sandbox/index.ts';
import { startTestAccount } from '../account.ts';
import { createTable } from './create-table.ts';
import { functionsOf, makeRole } from './lambda/functions.ts';

async function usedAccount(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const account = await startTestAccount({ folder });
  const s3 = new S3Client({ ...account.client, forcePathStyle: true });
  const { accountId } = account.identity;
  const Bucket = `cdk-hnb659fds-assets-${accountId}-${account.region}`;
  await s3.send(new PutObjectCommand({ Bucket, Key: 'asset', Body: 'bytes' }));
  await createTable(new DynamoDBClient(account.client), 'table');
  await account.close();
  return folder;
}

it('does not start if files that its state names are missing', async () => {
  const folder = await usedAccount();
  await rm(join(folder, 'blobs'), { recursive: true });
  await expect(startTestAccount({ folder })).rejects.toThrow(DamagedStateError);
});

it.each([
  ['state', 'state'],
  ['tables', 'dynamodb/111122223333/us-east-1'],
])('does not start without the end of what it acknowledged in its %s', async (_what, path) => {
  const folder = await usedAccount();
  const database = join(folder, path);
  const logs = (await readdir(database)).filter((name) => name.endsWith('.log')).sort();
  const log = join(database, logs.at(-1) ?? '');
  await truncate(log, (await stat(log)).size - 64);
  for (let start = 0; start < 2; start += 1) {
    await expect(startTestAccount({ folder })).rejects.toThrow(/acknowledged changes of .* are missing/);
  }
});

it("does not start if a function's code was changed", async () => {
  const folder = await usedAccount();
  const account = await startTestAccount({ folder });
  const functions = functionsOf(account, await makeRole(account));
  const { CodeSha256 = '' } = await functions.create('function', { 'index.js': 'exports.handler = async () => 1' });
  await account.close();
  const blob = join(folder, 'blobs', Buffer.from(CodeSha256, 'base64').toString('hex'));
  const bytes = await readFile(blob);
  bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40);
  await writeFile(blob, bytes);
  await expect(startTestAccount({ folder })).rejects.toThrow(DamagedStateError);
});

it('does not start if its tables cannot be opened', async () => {
  const folder = await usedAccount();
  const [account = ''] = await readdir(join(folder, 'dynamodb'));
  const [region = ''] = await readdir(join(folder, 'dynamodb', account));
  await writeFile(join(folder, 'dynamodb', account, region, 'CURRENT'), 'garbage');
  await expect(startTestAccount({ folder })).rejects.toThrow(DamagedStateError);
});

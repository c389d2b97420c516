import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ClassicLevel } from 'classic-level';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { practiceState } from '../../checker/doctor/practice-account.ts';
import { startTestAccount, type TestAccount } from '../account.ts';
import { createTable } from '../sandbox/create-table.ts';

let root: string;
let account: TestAccount | undefined;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
  account = await startTestAccount({ folder: join(root, '.lab', 'account') });
});

afterEach(async () => {
  vi.restoreAllMocks();
  await account?.close();
  await rm(root, { recursive: true, force: true, maxRetries: 5 });
});

const examined = () => practiceState({ root, chosen: { kind: 'practice' }, environment: {} });

it('asks the account, and finds it healthy while it runs and after it has stopped', async () => {
  expect(await examined()).toMatchObject({ state: 'fine', found: expect.stringContaining('running at port') });
  await account?.close();
  expect(await examined()).toMatchObject({ state: 'fine', found: expect.stringContaining('not running') });
});

it('reports an account that rejects everything since its disk is full', async () => {
  const cause = new Error('IO error: /x/000003.log: No space left on device');
  const failure = Object.assign(new Error('Batch failed'), { code: 'LEVEL_IO_ERROR', cause });
  vi.spyOn(ClassicLevel.prototype, 'batch').mockImplementation((() => Promise.reject(failure)) as never);
  const logs = new CloudWatchLogsClient({ ...account?.client, maxAttempts: 1 });
  await expect(logs.send(new CreateLogGroupCommand({ logGroupName: 'g' }))).rejects.toThrow();
  expect(await examined()).toMatchObject({
    state: 'in the way',
    found: expect.stringMatching(/can no longer write its state: .*No space left on device\.$/),
    next: expect.stringContaining('`npx lab sandbox stop`'),
  });
});

it('reports an account with damaged tables, even if it is not running', async () => {
  const client = new DynamoDBClient({ ...account?.client });
  await createTable(client, 'connections');
  await account?.close();
  const folder = join(root, '.lab', 'account', 'dynamodb');
  for (const name of await readdir(folder, { recursive: true })) {
    if (/(^|[\\/])(CURRENT|MANIFEST)/.test(name)) await writeFile(join(folder, name), 'damaged');
  }
  const finding = await examined();
  expect(finding).toMatchObject({ state: 'in the way' });
  expect(JSON.stringify(finding)).not.toContain('bug in the workshop');
});

import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { listen } from '../../sandbox/http/listen.ts';
import {
  AccountBusyError,
  ForeignFormatError,
  identityOf,
  ownerOf,
  startPracticeAccount,
} from '../../sandbox/index.ts';
import { Store } from '../../sandbox/state/store.ts';
import { startTestAccount } from '../account.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

it('says which process has the account if another one has it', async () => {
  const first = await startTestAccount({ folder, command: 'lab start', lasting: true });
  onTestFinished(() => first.close());
  const second = startPracticeAccount({ folder });
  await expect(second).rejects.toThrow(AccountBusyError);
  await expect(second).rejects.toMatchObject({
    message: `The practice account is in use by "lab start" (process ${process.pid}).`,
    owner: { port: first.port, lasting: true },
  });
});

it('is released when it is closed', async () => {
  const account = await startTestAccount({ folder });
  expect(await ownerOf(folder)).toMatchObject({ port: account.port });
  await account.close();
  expect(await ownerOf(folder)).toBeUndefined();
});

it.each([
  [
    'of another format',
    JSON.stringify({ format: 999 }),
    /has format 999, but this version of the workshop reads format 1/,
  ],
  ['damaged', '{"format": 1,', /identity\.json is damaged: it is not JSON/],
])('refuses a folder that is %s', async (_title, identity, message) => {
  await writeFile(join(folder, 'identity.json'), identity);
  const start = startPracticeAccount({ folder });
  await expect(start).rejects.toThrow(ForeignFormatError);
  await expect(start).rejects.toThrow(message);
});

it('leaves no lock if the port is taken', async () => {
  const other = createServer();
  onTestFinished(() => void other.close());
  const port = await listen(other, 0);
  await expect(startPracticeAccount({ folder, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await (await startTestAccount({ folder })).close();
});

it('holds requests until it is ready', async () => {
  const other = createServer();
  const port = await listen(other, 0);
  other.close();
  const starting = startTestAccount({ folder, port });
  onTestFinished(async () => (await starting).close());
  let isStarting = true;
  const ended = () => {
    isStarting = false;
  };
  void starting.then(ended, ended);
  let answer: Response | undefined;
  // Nothing listens at the port at first.
  while (isStarting && answer === undefined) answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
  if (answer === undefined) await starting;
  expect(await ownerOf(folder)).toMatchObject({ port });
});

it('leaves no lock if something in its folder cannot be opened', async () => {
  await writeFile(join(folder, 'blobs'), 'no folder');
  await expect(startPracticeAccount({ folder })).rejects.toMatchObject({ code: 'EEXIST' });
  await rm(join(folder, 'blobs'));
  await (await startTestAccount({ folder })).close();
});

it.skipIf(process.platform === 'win32')('keeps its files private from other users of the machine', async () => {
  const account = await startTestAccount({ folder: join(folder, 'account') });
  onTestFinished(() => account.close());
  const mode = async (name: string) => (await stat(join(folder, 'account', name))).mode & 0o777;
  expect(await mode('.')).toBe(0o700);
  expect(await mode('owner.json')).toBe(0o600);
  expect(await mode('identity.json')).toBe(0o600);
});

it('starts with a stack that cannot be recovered, which has then failed', async () => {
  const { accountId } = await identityOf(folder);
  const StackId = `arn:aws:cloudformation:us-east-1:${accountId}:stack/broken/1`;
  const stack = {
    StackId,
    StackName: 'broken',
    StackStatus: 'CREATE_IN_PROGRESS',
    CreationTime: new Date(0).toISOString(),
    Parameters: [],
    Tags: [],
    Capabilities: [],
    NotificationARNs: [],
    Outputs: [],
    operation: { id: '1', caller: { accountId }, onFailure: 'ROLLBACK', retainExceptOnCreate: false, retain: [] },
  };
  const store = await Store.open(join(folder, 'state'));
  await store.commit([
    { scope: `${accountId}/us-east-1`, collection: 'cloudformation/stack', id: '1', value: stack },
    // Without the members that a rollback needs.
    { scope: `${accountId}/us-east-1/1`, collection: 'cloudformation/resource', id: 'R', value: { logicalId: 'R' } },
  ]);
  await store.close();

  for (let start = 0; start < 2; start += 1) {
    const account = await startTestAccount({ folder });
    const client = new CloudFormationClient(account.client);
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 'broken' }));
    expect(Stacks?.[0]).toMatchObject({
      StackStatus: 'ROLLBACK_FAILED',
      StackStatusReason: expect.stringMatching(/^The practice account couldn't recover it/),
    });
    await new DynamoDBClient(account.client).send(new ListTablesCommand());
    expect(account.said).toHaveLength(start === 0 ? 1 : 0);
    await account.close();
  }
});

it('listens on loopback only', async () => {
  const server = createServer();
  onTestFinished(() => void server.close());
  const port = await listen(server, 0);
  expect(server.address()).toMatchObject({ address: '127.0.0.1', port });
});

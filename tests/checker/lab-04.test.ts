import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type AttributeValue, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import type { Verdict } from '../../checker/checking/result.ts';
import { resultOf, testLab } from './learned-lab.ts';

// Lab 4 as a learner goes through it, in one account: its start, its solution, and the rows that the checker adds to
// the table.

const room = await testLab('04');
const [start, solution] = await Promise.all([room.layOut('start'), room.layOut('solution')]);

test('the start fails as declared, points at the post, and the stale rows are removed', async () => {
  await room.deploy(start);
  const verdict = await room.check(start);
  expect(failed(verdict)).toEqual(room.failsAtStart);
  expect(resultOf(verdict, 'gone-connections-are-removed')).toMatchObject({
    actual: expect.stringContaining('the rows of the 3 stale connections'),
    place: { file: `labs/${room.lab.id}/functions/send-message.ts`, line: 55 },
  });
  expect(await room.rows()).toBe(0);
}, 120_000);

test('an interrupted check removes the rows that it added', async () => {
  const interruption = new AbortController();
  const { clients } = room.target;
  const added = new Promise<void>((resolve) => {
    void clients.dynamodb().then((client) =>
      client.middlewareStack.add(
        (next, { commandName }) =>
          async (call) => {
            const answer = await next(call);
            if (commandName === 'BatchWriteItemCommand') resolve();
            return answer;
          },
        { step: 'initialize', name: 'tell-of-rows' },
      ),
    );
  });
  const checking = room.check(start, interruption.signal);
  await added;
  interruption.abort(new Error('interrupted'));
  await expect(checking).rejects.toThrow('interrupted');
  expect(await room.rows()).toBe(0);
}, 120_000);

test('rows of a killed check do not fail the next one, which removes them', async () => {
  await room.deploy(solution);
  const { pid } = spawnSync(process.execPath, ['--version']);
  const names = ['ines.quail', 'malformed'];
  const note = {
    format: 2,
    lab: room.lab.id,
    account: room.target.title,
    at: Date.now(),
    pid,
    host: hostname(),
    names,
  };
  await mkdir(join(solution, '.lab', 'visits'), { recursive: true });
  await writeFile(join(solution, '.lab', 'visits', 'of-a-killed-command.json'), JSON.stringify(note));
  await leave({ connectionId: { S: 'malformed' }, name: { S: 'ines.quail' } });
  await leave({ connectionId: { S: 'L0SM9cOFvHcCIhw=' }, name: { S: 'somebody.else' } });
  const verdict = await room.check(solution);
  expect(verdict.checks.filter(({ status }) => status !== 'passed')).toEqual([]);
  expect(await ids()).toEqual([]);
}, 120_000);

test('a repair that the practice account lacks an operation for leaves the lab undecided', async () => {
  const handler = join(room.folderOf(solution), 'functions', 'send-message.ts');
  const statement = `{ Statement: 'DELETE FROM "' + connectionsTable() + '" WHERE connectionId = ?' }`;
  const text = (await readFile(handler, 'utf8'))
    .replace('DeleteItemCommand, paginateScan', 'ExecuteStatementCommand, paginateScan')
    .replace(/new DeleteItemCommand\(.*\)\)/, `new ExecuteStatementCommand(${statement}))`);
  expect(text).toContain('new ExecuteStatementCommand({ Statement');
  await writeFile(handler, text);
  await room.deploy(solution);
  const verdict = await room.check(solution);
  expect(verdict.status).toBe('broken');
  expect(resultOf(verdict, 'gone-connections-are-removed')).toMatchObject({
    reason: expect.stringContaining(
      "The practice account doesn't support DynamoDB's ExecuteStatement, which a function of the room uses.",
    ),
    next: expect.stringContaining('Use another operation'),
  });
}, 120_000);

function failed({ checks }: Verdict): string[] {
  return checks.filter(({ status }) => status === 'failed').map(({ id }) => id);
}

async function leave(Item: Record<string, AttributeValue>): Promise<void> {
  const client = await room.target.clients.dynamodb();
  await client.send(new PutItemCommand({ TableName: await tableName(), Item }));
}

async function ids(): Promise<Array<string | undefined>> {
  const client = await room.target.clients.dynamodb();
  const { Items = [] } = await client.send(new ScanCommand({ TableName: await tableName(), ConsistentRead: true }));
  return Items.map(({ connectionId }) => connectionId?.S);
}

async function tableName(): Promise<string | undefined> {
  return (await room.stackResources()).find(({ type }) => type === 'AWS::DynamoDB::Table')?.physicalId;
}

import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { playScene } from '../../checker/scene/play.ts';
import { resultOf, testLab } from './learned-lab.ts';

// Lab 11 as a learner sees it, in one account: its start, its solution, and the messages of the checker's visitors.

const room = await testLab('11');
const [start, solution] = await Promise.all([room.layOut('start'), room.layOut('solution')]);

test('the start fails as declared, points at the messages table, and the checker leaves no message', async () => {
  await room.deploy(start);
  const verdict = await room.check(start);
  const failed = verdict.checks.filter(({ status }) => status === 'failed').map(({ id }) => id);
  expect(failed).toEqual(room.failsAtStart);
  expect(resultOf(verdict, 'history-can-be-restored')).toMatchObject({
    actual: expect.stringContaining('has the messages, but no point-in-time recovery'),
    place: { file: `labs/${room.lab.id}/stack.ts`, construct: `chat-${room.lab.id}/Messages` },
  });
  expect(await items()).toBe(0);
}, 120_000);

test('the scene deletes its own message, and says whether it can be restored', async () => {
  const deleted = [
    'Ada says something that matters. The room stores it.',
    'Somebody deletes it from the table.',
    'Grace asks for the history. It is gone.',
  ];
  expect(await played(start)).toEqual([
    ...deleted,
    'DynamoDB kept no earlier state of the table. There is no way back.',
  ]);
  await room.deploy(solution);
  expect(await played(solution)).toEqual([
    ...deleted,
    'DynamoDB can restore the table to any second since recovery was enabled, up to 35 days back.',
  ]);
  expect(await items()).toBe(0);
}, 120_000);

test('the solution passes', async () => {
  const verdict = await room.check(solution);
  expect(verdict.checks.filter(({ status }) => status !== 'passed')).toEqual([]);
  expect(await items()).toBe(0);
}, 120_000);

async function played(root: string): Promise<string[]> {
  const told: string[] = [];
  await playScene({
    root,
    lab: room.lab,
    target: room.target,
    signal: new AbortController().signal,
    tell: (line) => void told.push(line),
    overhear() {},
    async untilSeen() {},
  });
  // The first line is the scene's title.
  return told.slice(1);
}

/** How many items the tables of the stack have. */
async function items(): Promise<number> {
  const client = await room.target.clients.dynamodb();
  const tables = (await room.stackResources()).filter(({ type }) => type === 'AWS::DynamoDB::Table');
  const counts = await Promise.all(
    tables.map(async ({ physicalId }) => {
      const { Count = 0 } = await client.send(new ScanCommand({ TableName: physicalId, ConsistentRead: true }));
      return Count;
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

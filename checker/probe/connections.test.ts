import { beforeEach, expect, test, vi } from 'vitest';
import { deletedAfterLeaving } from './connections.ts';

let now = 0;
let pauses: number[] = [];

vi.mock('node:timers/promises', () => ({
  setTimeout: async (ms: number) => {
    now += ms;
    pauses.push(ms);
  },
}));

beforeEach(() => {
  now = 0;
  pauses = [];
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  return () => vi.restoreAllMocks();
});

const tables = ['Connections', 'Visits'].map((name) => ({ name, keys: ['id'] }));
const rows = tables.map((table) => ({ table, row: { id: { S: 'L0SM9cOFvHcCIhw=' } } }));

/** Returns an account in which each table's row is deleted at this time, in milliseconds, and the times of its reads. */
function account(deletedAt: Readonly<Record<string, number>>) {
  const reads: Array<[table: string, at: number]> = [];
  // What the SDK's paginator asks of a client.
  const send = async ({ input: { TableName } }: { input: { TableName: string } }) => {
    reads.push([TableName, now]);
    return { Items: now < (deletedAt[TableName] ?? Number.POSITIVE_INFINITY) ? rows.map(({ row }) => row) : [] };
  };
  return { reads, send };
}

async function subjectOf({ send }: ReturnType<typeof account>) {
  const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
  const client = new DynamoDBClient({ region: 'us-east-1' });
  vi.spyOn(client, 'send').mockImplementation(send as never);
  return {
    target: { kind: 'aws', clients: { dynamodb: async () => client } },
    signal: new AbortController().signal,
  } as unknown as Parameters<typeof deletedAfterLeaving>[0];
}

test('reads a table less and less often until a row is gone', async () => {
  const aws = account({ Connections: 20_000, Visits: 20_000 });
  expect(await deletedAfterLeaving(await subjectOf(aws), rows)).toEqual(rows);
  expect(pauses).toEqual([...pauses].sort((one, other) => one - other));
  expect(aws.reads.length).toBeLessThan(40);
});

test('returns the rows that are deleted, whichever table is first, and gives the others a moment', async () => {
  const aws = account({ Connections: 1_000 });
  expect(await deletedAfterLeaving(await subjectOf(aws), [...rows].reverse())).toEqual(rows.slice(0, 1));
  expect(now).toBeLessThan(10_000);
  const late = account({ Connections: now + 1_000, Visits: now + 2_500 });
  expect(await deletedAfterLeaving(await subjectOf(late), rows)).toEqual(rows);
});

test('returns none if none is deleted in time', async () => {
  expect(await deletedAfterLeaving(await subjectOf(account({})), rows)).toEqual([]);
});

test('reads nothing if there are no rows', async () => {
  const aws = account({});
  expect(await deletedAfterLeaving(await subjectOf(aws), [])).toEqual([]);
  expect(aws.reads).toEqual([]);
});

import { expect, test, vi } from 'vitest';
import { deletedAfterLeaving } from './until-deleted.ts';

const tables = ['Connections', 'Visits'].map((name) => ({ name, keys: ['id'] }));
const rows = tables.map((table) => ({ table, row: { id: { S: 'L0SM9cOFvHcCIhw=' } } }));

/**
 * Returns an account in which each table's row is deleted after this time, in milliseconds, and the reads of tables.
 */
function account(deletedAfter: Readonly<Record<string, number>>) {
  const began = performance.now();
  const reads: string[] = [];
  // What the SDK's paginator asks of a client.
  const send = async ({ input: { TableName } }: { input: { TableName: string } }) => {
    reads.push(TableName);
    const isThere = performance.now() - began < (deletedAfter[TableName] ?? Number.POSITIVE_INFINITY);
    return { Items: isThere ? rows.map(({ row }) => row) : [] };
  };
  return { reads, send };
}

async function subjectOf({ send }: ReturnType<typeof account>) {
  const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
  const client = new DynamoDBClient({ region: 'us-east-1' });
  vi.spyOn(client, 'send').mockImplementation(send as never);
  return {
    target: { kind: 'practice', clients: { dynamodb: async () => client } },
    signal: new AbortController().signal,
  } as unknown as Parameters<typeof deletedAfterLeaving>[0];
}

test('reads a table less and less often until a row is gone', async () => {
  const practice = account({ Connections: 1_500, Visits: 1_500 });
  expect(await deletedAfterLeaving(await subjectOf(practice), rows)).toEqual(rows);
  // Every 10 ms, it would be 300.
  expect(practice.reads.length).toBeLessThan(40);
});

test('returns the rows that are deleted, whichever table is first', async () => {
  const practice = account({ Connections: 100 });
  expect(await deletedAfterLeaving(await subjectOf(practice), [...rows].reverse())).toEqual(rows.slice(0, 1));
});

test('reads nothing if there are no rows', async () => {
  const practice = account({});
  expect(await deletedAfterLeaving(await subjectOf(practice), [])).toEqual([]);
  expect(practice.reads).toEqual([]);
});

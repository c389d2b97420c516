import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createStore } from './dynalite.ts';
import { DynaliteInstance } from './dynalite-instance.ts';
import { DynaliteTables } from './dynalite-tables.ts';

const scope = { accountId: '111122223333', region: 'us-east-1' };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
});

afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

/** Puts something into the database that no operation would leave there, as a kill or a fault in dynalite might. */
async function leave(name: string, table: object): Promise<void> {
  const { db } = createStore(join(folder, scope.accountId, scope.region));
  await db.open();
  await db.put(`table~${name}`, table);
  await db.close();
}

function table(TableName: string) {
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  };
}

test("an error inside dynalite is that call's 500, and the next call is served", async () => {
  await leave('broken', { TableName: 'broken', TableStatus: 'ACTIVE' });
  const said: string[] = [];
  const tables = new DynaliteTables(folder, (message) => said.push(message));
  await tables.perform(scope, 'CreateTable', table('whole'));
  const Item = { id: { S: '1' } };
  for (let time = 0; time < 2; time += 1) {
    const faulty = tables.perform(scope, 'PutItem', { TableName: 'broken', Item });
    await expect(faulty).rejects.toMatchObject({ code: 'InternalServerError', status: 500 });
    await tables.perform(scope, 'PutItem', { TableName: 'whole', Item });
  }
  expect(await tables.perform(scope, 'Scan', { TableName: 'whole' })).toMatchObject({ Count: 1 });
  expect(said.join('\n')).toMatch(/DynamoDB failed: TypeError/);
  await tables.close();
});

test("an error during a read is that call's 500, and nothing is reopened", async () => {
  await leave('broken', { TableName: 'broken', TableStatus: 'ACTIVE' });
  const open = vi.spyOn(DynaliteInstance, 'open');
  onTestFinished(() => open.mockRestore());
  const tables = new DynaliteTables(folder, () => {});
  for (let time = 0; time < 2; time += 1) {
    const faulty = tables.perform(scope, 'GetItem', { TableName: 'broken', Key: { id: { S: '1' } } });
    await expect(faulty).rejects.toMatchObject({ code: 'InternalServerError', status: 500 });
  }
  expect(await tables.perform(scope, 'ListTables', {})).toEqual({ TableNames: ['broken'] });
  expect(open).toHaveBeenCalledTimes(1);
  await tables.close();
});

test('after a restart, a table that was being created exists, and one that was being deleted is gone', async () => {
  await leave('made', { ...table('made'), TableStatus: 'CREATING' });
  await leave('going', { ...table('going'), TableStatus: 'DELETING' });
  const tables = new DynaliteTables(folder, () => {});
  expect(await tables.perform(scope, 'DescribeTable', { TableName: 'made' })).toMatchObject({
    Table: { TableStatus: 'ACTIVE' },
  });
  const gone = tables.perform(scope, 'Scan', { TableName: 'going' });
  await expect(gone).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  await tables.close();
});

test('after a restart, an index that was being created has all items', async () => {
  const before = new DynaliteTables(folder, () => {});
  await before.perform(scope, 'CreateTable', table('indexed'));
  await before.perform(scope, 'PutItem', { TableName: 'indexed', Item: { id: { S: '1' }, room: { S: 'tea' } } });
  await before.close();
  const room = { AttributeName: 'room', AttributeType: 'S' };
  const index = {
    IndexName: 'by-room',
    KeySchema: [{ AttributeName: 'room', KeyType: 'HASH' }],
    Projection: { ProjectionType: 'ALL' },
    IndexStatus: 'CREATING',
  };
  const { AttributeDefinitions } = table('indexed');
  await leave('indexed', {
    ...table('indexed'),
    AttributeDefinitions: [...AttributeDefinitions, room],
    GlobalSecondaryIndexes: [index],
    TableStatus: 'UPDATING',
  });
  const after = new DynaliteTables(folder, () => {});
  const inIndex = { TableName: 'indexed', IndexName: 'by-room' };
  expect(await after.perform(scope, 'Scan', inIndex)).toMatchObject({ Count: 1 });
  expect(await after.perform(scope, 'DescribeTable', { TableName: 'indexed' })).toMatchObject({
    Table: { TableStatus: 'ACTIVE', GlobalSecondaryIndexes: [{ IndexStatus: 'ACTIVE' }] },
  });
  await after.close();
});

test('a database is opened before the first call, but none is created', async () => {
  const path = join(folder, scope.accountId, scope.region);
  const opened = vi.spyOn(DynaliteInstance, 'open');
  onTestFinished(() => opened.mockRestore());
  const tables = new DynaliteTables(folder, () => {});
  tables.prepare(scope);
  await turn();
  expect(opened).not.toHaveBeenCalled();
  await tables.perform(scope, 'CreateTable', table('people'));
  await tables.close();
  const again = new DynaliteTables(folder, () => {});
  again.prepare(scope);
  await turn();
  expect(opened).toHaveBeenLastCalledWith(path, expect.anything());
  expect(opened).toHaveBeenCalledTimes(2);
  await again.perform(scope, 'DescribeTable', { TableName: 'people' });
  expect(opened).toHaveBeenCalledTimes(2);
  await again.close();
});

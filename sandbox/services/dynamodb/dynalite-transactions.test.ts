import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createStore, locked } from './dynalite.ts';
import { DynaliteTables } from './dynalite-tables.ts';
import { transactGet } from './dynalite-transact-get.ts';
import { fence } from './fence.ts';

// Operations that meet a transaction on an item. All start in one turn of the event loop, and the transaction's changes
// are written in a later one, so they always meet.

const scope = { accountId: '111122223333', region: 'us-east-1' };
const TableName = 'counters';
let folder: string;
let tables: DynaliteTables;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
});
afterEach(async () => {
  await tables.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

async function open({ hasConflicts }: { readonly hasConflicts: boolean }): Promise<void> {
  tables = new DynaliteTables(folder, () => {}, { hasConflicts });
  await perform('CreateTable', {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  });
}

const perform = (operation: string, input: object) => tables.perform(scope, operation, input);
const key = (id: string) => ({ id: { S: id } });
const item = (id: string, said: number) => ({ ...key(id), said: { N: `${said}` } });

const put = (ids: readonly string[], said = 1) =>
  perform('TransactWriteItems', {
    TransactItems: ids.map((id) => ({ Put: { TableName, Item: item(id, said) } })),
    now: 0,
  });
const get = (...ids: readonly string[]) =>
  perform('TransactGetItems', { TransactItems: ids.map((id) => ({ Get: { TableName, Key: key(id) } })) });

const increase = {
  TableName,
  Key: key('a'),
  UpdateExpression: 'ADD said :one',
  ExpressionAttributeValues: { ':one': { N: '1' } },
};

/** Lets a transaction reach its changes, within this turn. */
async function begun(): Promise<void> {
  for (let tick = 0; tick < 200; tick += 1) await undefined;
}

const ongoing = 'Transaction is ongoing for the item';

function cancelled(...CancellationReasons: object[]) {
  return { status: 'rejected', reason: { code: 'TransactionCanceledException', details: { CancellationReasons } } };
}

test('others wait for a transaction', async () => {
  await open({ hasConflicts: false });
  await put(['a', 'b'], 0);
  for (const [meeting, expected] of [
    [() => get('a', 'b'), [1, 1]],
    [() => perform('UpdateItem', increase), [2, 1]],
    [() => put(['b', 'a'], 7), [7, 7]],
  ] as const) {
    const transaction = put(['a', 'b']);
    await begun();
    const output = await meeting();
    await transaction;
    const read = { Responses: [{ Item: item('a', expected[0]) }, { Item: item('b', expected[1]) }] };
    expect(await get('a', 'b')).toEqual(read);
    if ('Responses' in output) expect(output).toEqual(read);
  }
});

test('a transaction reads its items while they are locked', async () => {
  await open({ hasConflicts: false });
  await put(['a'], 1);
  await tables.close();
  const store = createStore(join(folder, scope.accountId, scope.region));
  await store.db.open();
  fence(
    store.db,
    (error) => expect.unreachable(String(error)),
    () => {},
  );
  const [[place = ''] = []] = await store.db.iterator({ gte: `item-${TableName}~` }).all();
  let output: Promise<unknown> | undefined;
  await locked(store.getItemDb(TableName), place.slice(`item-${TableName}~`.length), async () => {
    const action = transactGet(undefined);
    const input = action.validate({ TransactItems: [{ Get: { TableName, Key: key('a') } }] }, store);
    output = new Promise((resolve, reject) => {
      action.run(store, input, (error, value) => (error ? reject(error) : resolve(value)));
    });
    await setImmediate();
    await store.db.put(place, item('a', 2));
  });
  const read = await output;
  await store.db.close();
  expect(read).toEqual({ Responses: [{ Item: item('a', 2) }] });
});

test('with conflicts, a transaction that meets another on an item is cancelled', async () => {
  await open({ hasConflicts: true });
  const none = { Code: 'None' };
  const conflict = { Code: 'TransactionConflict', Message: ongoing };
  const results = await Promise.allSettled([put(['a', 'b']), put(['c', 'b'], 7), get('a', 'c'), put(['c'], 3)]);
  expect(results).toMatchObject([
    { status: 'fulfilled' },
    cancelled(none, conflict),
    cancelled(conflict, none),
    { status: 'fulfilled' },
  ]);
  expect(await get('a', 'b', 'c')).toEqual({
    Responses: [{ Item: item('a', 1) }, { Item: item('b', 1) }, { Item: item('c', 3) }],
  });
});

test('with conflicts, a single write to an item of a transaction is rejected', async () => {
  await open({ hasConflicts: true });
  const transaction = put(['a', 'b']);
  await begun();
  const results = await Promise.allSettled([
    perform('UpdateItem', increase),
    perform('PutItem', { TableName, Item: key('b') }),
    perform('DeleteItem', { TableName, Key: key('a') }),
  ]);
  await transaction;
  const rejected = { status: 'rejected', reason: { code: 'TransactionConflictException', message: ongoing } };
  expect(results).toMatchObject([rejected, rejected, rejected]);
  await perform('UpdateItem', increase);
  expect(await get('a', 'b')).toEqual({ Responses: [{ Item: item('a', 2) }, { Item: item('b', 1) }] });
});

test('with conflicts, others still wait for a reading transaction or for a single write', async () => {
  await open({ hasConflicts: true });
  await Promise.all([get('a'), get('a'), perform('UpdateItem', increase), perform('UpdateItem', increase)]);
  await Promise.all([get('a'), put(['b'])]);
  expect(await get('a', 'b')).toEqual({ Responses: [{ Item: item('a', 2) }, { Item: item('b', 1) }] });
});

test('with conflicts, invalid writes are rejected as usual', async () => {
  await open({ hasConflicts: true });
  const Item = key('a');
  await expect(perform('PutItem', { TableName: 'nowhere', Item })).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
  });
  await expect(perform('PutItem', { TableName, Item: { id: { N: '7' } } })).rejects.toMatchObject({
    code: 'ValidationException',
  });
});

import {
  RestoreTableToPointInTimeCommand,
  ScanCommand,
  UpdateContinuousBackupsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { watch } from '../trace/watcher.ts';
import { check, count, counters, messages, put, TransactedTables } from './transacted-tables.ts';

// The effects that transactions have besides those on their items, and on each other.

let tables: TransactedTables;

beforeAll(async () => {
  tables = await TransactedTables.create();
});
afterAll(() => tables.close());
beforeEach(() => tables.empty());

test('a token makes a transaction happen once, even if the account is started again', async () => {
  const ClientRequestToken = 'once';
  const counting = (items = [count()]) =>
    tables.write(items, { ClientRequestToken, ReturnConsumedCapacity: 'INDEXES' });
  const units = { CapacityUnits: 2, WriteCapacityUnits: 2 };
  expect((await counting()).ConsumedCapacity).toEqual([{ TableName: counters, ...units, Table: units }]);
  expect((await counting()).ConsumedCapacity).toMatchObject([{ TableName: counters, ReadCapacityUnits: 2 }]);
  expect(await tables.said()).toBe('1');
  await expect(counting([count('other')])).rejects.toMatchObject({ name: 'IdempotentParameterMismatchException' });
  await tables.restart();
  await counting();
  expect(await tables.said()).toBe('1');
  // Without one, the SDK makes up a token for each call.
  await tables.write([count()]);
  await tables.write([count()]);
  expect(await tables.said()).toBe('3');
  await expect(tables.write([count()], { ClientRequestToken: 'x'.repeat(37) })).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringMatching(/clientRequestToken/),
  });
});

test('a repeated transaction can name its members in another order', async () => {
  const Item = { channel: { S: 'release' }, at: { S: '1' }, from: { S: 'ada' } };
  const reordered = { from: { S: 'ada' }, at: { S: '1' }, channel: { S: 'release' } };
  const more = { ClientRequestToken: 'reordered' };
  await tables.write([{ Put: { TableName: messages, Item } }], more);
  await tables.write([{ Put: { TableName: messages, Item: reordered } }], more);
});

test('a token of a cancelled transaction can be used again', async () => {
  const more = { ClientRequestToken: 'cancelled' };
  const items = [put('1'), check('release')];
  await expect(tables.write(items, more)).rejects.toMatchObject({ name: 'TransactionCanceledException' });
  await tables.write([count()]);
  await tables.write(items, more);
  expect(await tables.times()).toEqual(['1']);
});

test('transactions of the same items happen one after the other', async () => {
  const ids = ['a', 'b', 'c'];
  await Promise.all(
    Array.from({ length: 20 }, (_, index) => tables.write((index % 2 === 0 ? ids : ids.toReversed()).map(count))),
  );
  expect(await Promise.all(ids.map((id) => tables.said(id)))).toEqual(['20', '20', '20']);
});

test('point-in-time recovery knows the changes of transactions', async () => {
  const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
  await tables.dynamodb.send(
    new UpdateContinuousBackupsCommand({ TableName: messages, PointInTimeRecoverySpecification }),
  );
  const { Put } = put('1');
  const Key = { channel: { S: 'release' }, at: { S: '1' } };
  await tables.write([{ Put }, put('2'), put('3'), count()]);
  await tables.write([{ Delete: { TableName: messages, Key } }, put('4')]);
  const TargetTableName = 'restored';
  await tables.dynamodb.send(
    new RestoreTableToPointInTimeCommand({ SourceTableName: messages, TargetTableName, UseLatestRestorableTime: true }),
  );
  const { Items } = await tables.dynamodb.send(new ScanCommand({ TableName: TargetTableName }));
  expect(Items?.map(({ at }) => at?.S).sort()).toEqual(['2', '3', '4']);
});

test('the account publishes the rows that a transaction changed', async () => {
  const watcher = await watch(tables.account);
  const Key = { id: { S: 'watched' } };
  await expect(tables.write([put('watched'), check('nothing')])).rejects.toThrow();
  const once = { ClientRequestToken: 'watched' };
  for (let time = 0; time < 2; time += 1) {
    await tables.write([put('watched'), check('nothing', 'attribute_not_exists(id)'), count('watched')], once);
  }
  await tables.write([{ Delete: { TableName: counters, Key } }]);
  await watcher.find((event) => event.kind === 'row' && event.change === 'delete' && event.key.id === 'watched');
  watcher.close();
  const rows = watcher.events.flatMap((event) => (event.kind === 'row' ? event : []));
  expect(rows.filter(({ key }) => Object.values(key).includes('watched'))).toMatchObject([
    { table: messages, change: 'put', key: { channel: 'release', at: 'watched' } },
    { table: counters, change: 'put', key: { id: 'watched' } },
    { table: counters, change: 'delete', key: { id: 'watched' } },
  ]);
});

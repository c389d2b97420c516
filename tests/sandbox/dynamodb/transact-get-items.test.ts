import { TransactGetItemsCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, TransactGetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { count, counters, failure, message, messages, oneItem, put, TransactedTables } from './transacted-tables.ts';

let tables: TransactedTables;

beforeAll(async () => {
  tables = await TransactedTables.create();
});
afterAll(() => tables.close());
beforeEach(() => tables.empty());

test('100 parts are written and read', async () => {
  const ids = Array.from({ length: 100 }, (_, index) => `${index}`);
  await tables.write(ids.map(count));
  const TransactItems = ids.map((id) => ({ Get: { TableName: counters, Key: { id: { S: id } } } }));
  const { Responses } = await tables.dynamodb.send(new TransactGetItemsCommand({ TransactItems }));
  expect(Responses?.map(({ Item }) => Item)).toEqual(ids.map((id) => ({ id: { S: id }, said: { N: '1' } })));
});

test('a transaction reads items in order, with or without a projection', async () => {
  await tables.write([put('1'), count()]);
  const Get = { TableName: counters, Key: { id: { S: 'release' } } };
  const get = (...TransactItems: Array<{ Get: typeof Get }>) =>
    tables.dynamodb.send(new TransactGetItemsCommand({ TransactItems, ReturnConsumedCapacity: 'TOTAL' }));
  const { Responses, ConsumedCapacity } = await get(
    { Get: { ...Get, Key: { id: { S: 'nothing' } } } },
    { Get: { ...Get, ProjectionExpression: '#said', ExpressionAttributeNames: { '#said': 'said' } } as typeof Get },
    { Get: { TableName: messages, Key: { channel: { S: 'release' }, at: { S: '1' } } as never } },
  );
  expect(Responses).toEqual([{}, { Item: { said: { N: '1' } } }, { Item: message('1') }]);
  expect(ConsumedCapacity).toEqual([
    { TableName: counters, CapacityUnits: 4, ReadCapacityUnits: 4 },
    { TableName: messages, CapacityUnits: 2, ReadCapacityUnits: 2 },
  ]);
  expect(await failure(get({ Get }, { Get }))).toMatch(oneItem);
  expect(await failure(get({ Get }, {} as never))).toMatch(
    /^ValidationException: .* null at 'transactItems.2.member.get'/,
  );
  await expect(get({ Get }, { Get: { ...Get, Key: {} as never } })).rejects.toMatchObject({
    name: 'TransactionCanceledException',
    CancellationReasons: [{ Code: 'None' }, { Code: 'ValidationError' }],
  });
});

test('the document client writes and reads transactions', async () => {
  const client = DynamoDBDocumentClient.from(tables.dynamodb);
  const Item = { id: 'general', said: 5 };
  await client.send(new TransactWriteCommand({ TransactItems: [{ Put: { TableName: counters, Item } }] }));
  const Get = { TableName: counters, Key: { id: 'general' } };
  const { Responses } = await client.send(new TransactGetCommand({ TransactItems: [{ Get }] }));
  expect(Responses).toEqual([{ Item }]);
});

test('a transaction reads no more than 4 MB', async () => {
  const ids = Array.from({ length: 12 }, (_, at) => `${at}`);
  const text = { S: 'x'.repeat(380_000) };
  const puts = ids.map((id) => ({ Put: { TableName: counters, Item: { id: { S: id }, text } } }));
  await tables.write(puts.slice(0, 6));
  await tables.write(puts.slice(6));
  const read = (some: readonly string[]) => {
    const TransactItems = some.map((id) => ({ Get: { TableName: counters, Key: { id: { S: id } } } }));
    return tables.dynamodb.send(new TransactGetItemsCommand({ TransactItems }));
  };
  expect((await read(ids.slice(0, 11))).Responses).toHaveLength(11);
  expect(await failure(read(ids))).toMatch(/^ValidationException: .* size cannot exceed/);
});

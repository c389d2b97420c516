import {
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTable } from '../create-table.ts';
import { startWeatheredAccount, type WeatheredAccount } from './weathered-account.ts';

const TableName = 'connections';
const IndexName = 'byChannel';
const Key = { id: { S: 'one' } };

let account: WeatheredAccount;
let dynamodb: DynamoDBClient;

beforeAll(async () => {
  account = await startWeatheredAccount(1);
  dynamodb = new DynamoDBClient(account.once);
  const KeySchema = [{ AttributeName: 'channel', KeyType: 'HASH' as const }];
  const GlobalSecondaryIndexes = [{ IndexName, KeySchema, Projection: { ProjectionType: 'KEYS_ONLY' as const } }];
  await createTable(dynamodb, TableName, ['id'], { GlobalSecondaryIndexes });
});
afterAll(() => account.close());

const put = (channel: string) =>
  dynamodb.send(new PutItemCommand({ TableName, Item: { ...Key, channel: { S: channel }, name: { S: 'Ada' } } }));

async function inChannel(channel: string): Promise<unknown> {
  const { Items, Count } = await dynamodb.send(
    new QueryCommand({
      TableName,
      IndexName,
      KeyConditionExpression: 'channel = :channel',
      ExpressionAttributeValues: { ':channel': { S: channel } },
    }),
  );
  expect(Count).toBe(Items?.length);
  return Items;
}

beforeEach(async () => {
  await dynamodb.send(new DeleteItemCommand({ TableName, Key }));
  account.pass(3);
});

test('shows a new item in an index after a moment, and in the table immediately', async () => {
  await put('sales');
  expect(await inChannel('sales')).toEqual([]);
  const { Items } = await dynamodb.send(new ScanCommand({ TableName, ConsistentRead: true }));
  expect(Items).toHaveLength(1);
  account.pass(2);
  expect(await inChannel('sales')).toEqual([{ ...Key, channel: { S: 'sales' } }]);
});

test('shows the old state of a changed item until the change has arrived', async () => {
  await put('sales');
  account.pass(3);
  await put('release');
  await put('design');
  expect(await inChannel('sales')).toEqual([{ ...Key, channel: { S: 'sales' } }]);
  expect([await inChannel('release'), await inChannel('design')]).toEqual([[], []]);
  account.pass(3);
  expect([await inChannel('sales'), await inChannel('release')]).toEqual([[], []]);
  expect(await inChannel('design')).toHaveLength(1);
});

test('still shows a deleted item for a moment', async () => {
  await put('sales');
  account.pass(3);
  await dynamodb.send(new DeleteItemCommand({ TableName, Key }));
  expect(await inChannel('sales')).toHaveLength(1);
  account.pass(3);
  expect(await inChannel('sales')).toEqual([]);
});

test('shows the changes of a transaction after a moment', async () => {
  const Item = { ...Key, channel: { S: 'sales' } };
  await dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName, Item } }] }));
  expect(await inChannel('sales')).toEqual([]);
  account.pass(3);
  expect(await inChannel('sales')).toEqual([Item]);
  await dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [{ Delete: { TableName, Key } }] }));
  expect(await inChannel('sales')).toEqual([Item]);
});

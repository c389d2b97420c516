import {
  DynamoDBClient,
  GetItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTable } from '../create-table.ts';
import { startWeatheredAccount, type WeatheredAccount } from './weathered-account.ts';

const TableName = 'counters';
const Key = { id: { S: 'one' } };

let account: WeatheredAccount;
let dynamodb: DynamoDBClient;

beforeAll(async () => {
  account = await startWeatheredAccount(1);
  dynamodb = new DynamoDBClient(account.once);
  await createTable(dynamodb, TableName);
});
afterAll(() => account.close());

/** Returns the codes of the reasons for which a transaction was cancelled; none if it happened. */
async function count(): Promise<Array<string | undefined>> {
  const Update = {
    TableName,
    Key,
    UpdateExpression: 'ADD said :one',
    ExpressionAttributeValues: { ':one': { N: '1' } },
  };
  try {
    await dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [{ Update }] }));
    return [];
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    return error.CancellationReasons?.map(({ Code }) => Code) ?? [];
  }
}

test('cancels a transaction that meets another on an item', async () => {
  const deadline = Date.now() + 20_000;
  const results: Array<Awaited<ReturnType<typeof count>>> = [];
  // Those that arrive a moment later meet none.
  while (results.every((codes) => codes.length === 0) && Date.now() < deadline) {
    results.push(...(await Promise.all(Array.from({ length: 20 }, count))));
  }
  expect(results.filter((codes) => codes.length > 0)).toContainEqual(['TransactionConflict']);
  const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
  expect(Item?.said).toEqual({ N: `${results.filter((codes) => codes.length === 0).length}` });
});

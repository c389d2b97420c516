import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DynamoDBClient,
  PutItemCommand,
  paginateScan,
  QueryCommand,
  ScanCommand,
  type ScanCommandInput,
} from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import type { Owner } from '../../../sandbox/index.ts';
import { testAccount } from '../../account.ts';
import { createTable } from '../create-table.ts';

// A page of a Scan or a Query ends at 1 MB of stored items, before filter and projection.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Scan.html#Scan.Pagination

const TableName = 'pages';
const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

const account = await testAccount();
const dynamodb = new DynamoDBClient(account.client);
await createTable(dynamodb, TableName, ['room', 'id']);
const padding = { S: 'x'.repeat(390 * 1024) };
for (const id of ids) {
  await dynamodb.send(new PutItemCommand({ TableName, Item: { room: { S: 'lobby' }, id: { S: id }, padding } }));
}

const onlyIds = { ProjectionExpression: 'id' };
const nothing = { FilterExpression: 'id = :none', ExpressionAttributeValues: { ':none': { S: 'none' } } };

test.each<[string, Partial<ScanCommandInput>, number]>([
  ['without a limit', {}, 3],
  ['with a larger limit', { Limit: 1000 }, 3],
  ['with a projection', onlyIds, 3],
  ['with a filter that finds nothing', nothing, 0],
])('a scan %s ends at 1 MB and says where', async (_, more, count) => {
  const page = await dynamodb.send(new ScanCommand({ TableName, ConsistentRead: true, ...more }));
  expect([page.Count, page.ScannedCount, page.LastEvaluatedKey]).toEqual([
    count,
    3,
    { room: { S: 'lobby' }, id: { S: 'c' } },
  ]);
});

test('a query ends at 1 MB, too', async () => {
  const key = { KeyConditionExpression: 'room = :room', ExpressionAttributeValues: { ':room': { S: 'lobby' } } };
  const page = await dynamodb.send(new QueryCommand({ TableName, ...key, ...onlyIds }));
  expect(page.Items?.map(({ id }) => id?.S)).toEqual(['a', 'b', 'c']);
  expect(page.LastEvaluatedKey?.id?.S).toBe('c');
});

test('the next pages have the rest, each item once, and the last one says that it is the last', async () => {
  const pages: Array<Array<string | undefined>> = [];
  for await (const { Items = [] } of paginateScan({ client: dynamodb }, { TableName, ...onlyIds })) {
    pages.push(Items.map(({ id }) => id?.S));
  }
  expect(pages).toEqual([['a', 'b', 'c'], ['d', 'e', 'f'], ['g']]);
});

/** Limits the reads of a table, the way other processes of the checkout do. */
async function limitReads(
  items?: number,
  fails: { failsFrom?: number; most?: number; error?: string } = {},
): Promise<void> {
  const { nonce } = JSON.parse(await readFile(join(account.folder, 'owner.json'), 'utf8')) as Owner;
  const body = JSON.stringify({ table: TableName, items, ...fails });
  await fetch(`${account.url}/_lab/reads`, { method: 'POST', headers: { 'x-lab-nonce': nonce }, body });
}

test('pages are shorter on request, whatever limit a read has, and no longer once that ends', async () => {
  const countOf = async (Limit?: number) => (await dynamodb.send(new ScanCommand({ TableName, Limit }))).Count;
  await limitReads(2);
  expect([await countOf(), await countOf(1), await countOf(1000)]).toEqual([2, 1, 2]);
  await limitReads();
  expect(await countOf()).toBe(3);
});

test('these reads fail on request, as many as given from the given one on', async () => {
  const scan = () => dynamodb.send(new ScanCommand({ TableName }));
  await limitReads(2, { failsFrom: 2, most: 2 });
  expect((await scan()).Count).toBe(2);
  await expect(scan()).rejects.toMatchObject({ name: 'ValidationException', $metadata: { attempts: 1 } });
  await expect(scan()).rejects.toMatchObject({ name: 'ValidationException' });
  expect((await scan()).Count).toBe(2);
  await limitReads();
});

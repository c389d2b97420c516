import { connect } from 'node:net';
import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  ExecuteStatementCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { TableName, testConnections } from './connections-table.ts';

const { account, dynamodb } = await testConnections();

const row = (id: string) => ({ id: { S: id }, room: { S: 'stables' }, since: { N: '1' } });

test('an item is put, read, changed and deleted', async () => {
  const Key = { id: { S: 'one' } };
  await dynamodb.send(new PutItemCommand({ TableName, Item: row('one') }));
  const arn = 'arn:aws:dynamodb:us-east-1:111122223333:table/connections';
  for (const name of [TableName, arn]) {
    expect((await dynamodb.send(new GetItemCommand({ TableName: name, Key }))).Item).toEqual(row('one'));
  }
  const { Attributes } = await dynamodb.send(
    new UpdateItemCommand({
      TableName,
      Key,
      UpdateExpression: 'ADD #since :one',
      ExpressionAttributeNames: { '#since': 'since' },
      ExpressionAttributeValues: { ':one': { N: '1' } },
      ReturnValues: 'UPDATED_NEW',
    }),
  );
  expect(Attributes).toEqual({ since: { N: '2' } });
  const again = new PutItemCommand({ TableName, Item: row('one'), ConditionExpression: 'attribute_not_exists(id)' });
  await expect(dynamodb.send(again)).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
  await dynamodb.send(new DeleteItemCommand({ TableName, Key }));
  expect((await dynamodb.send(new GetItemCommand({ TableName, Key }))).Item).toBeUndefined();
});

test('all items are found by page, by index and in batches', async () => {
  const ids = Array.from({ length: 25 }, (_, index) => `row-${index}`);
  await dynamodb.send(
    new BatchWriteItemCommand({ RequestItems: { [TableName]: ids.map((id) => ({ PutRequest: { Item: row(id) } })) } }),
  );
  const found: Array<string | undefined> = [];
  let ExclusiveStartKey: Record<string, { S: string }> | undefined;
  do {
    const page = await dynamodb.send(
      new ScanCommand({ TableName, Limit: 10, ConsistentRead: true, ExclusiveStartKey }),
    );
    found.push(...(page.Items ?? []).map(({ id }) => id?.S));
    ExclusiveStartKey = page.LastEvaluatedKey as typeof ExclusiveStartKey;
  } while (ExclusiveStartKey !== undefined);
  expect(found.sort()).toEqual([...ids].sort());
  const query = await dynamodb.send(
    new QueryCommand({
      TableName,
      IndexName: 'by-room',
      KeyConditionExpression: 'room = :room',
      FilterExpression: 'id <> :id',
      ExpressionAttributeValues: { ':room': { S: 'stables' }, ':id': { S: 'row-0' } },
    }),
  );
  expect([query.Count, query.ScannedCount]).toEqual([24, 25]);
  const keys = ids.slice(0, 2).map((id) => ({ id: { S: id } }));
  const batch = await dynamodb.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: keys } } }));
  expect(batch.Responses?.[TableName]).toHaveLength(2);
});

test("invalid requests are rejected with DynamoDB's messages", async () => {
  await expect(dynamodb.send(new ScanCommand({ TableName: 'nothing' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Requested resource not found',
  });
  await expect(dynamodb.send(new PutItemCommand({ TableName, Item: { room: { S: 'x' } } }))).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'One or more parameter values were invalid: Missing the key id in the item',
  });
});

test('unsupported requests say so', async () => {
  const select = new ExecuteStatementCommand({ Statement: `SELECT * FROM "${TableName}"` });
  await expect(dynamodb.send(select)).rejects.toMatchObject({
    name: 'NotImplemented',
    message: expect.stringMatching(/ExecuteStatement/),
  });
  const put = new PutItemCommand({ TableName, Item: row('x'), ReturnValuesOnConditionCheckFailure: 'ALL_OLD' });
  await expect(dynamodb.send(put)).rejects.toMatchObject({
    message: expect.stringMatching(/ReturnValuesOnConditionCheckFailure/),
  });
});

test('a client that disconnects during a PutItem only ends that request', async () => {
  const body = JSON.stringify({ TableName, Item: row('half') });
  const headers = [
    'POST / HTTP/1.1',
    `Host: 127.0.0.1:${account.port}`,
    'X-Amz-Target: DynamoDB_20120810.PutItem',
    'Content-Type: application/x-amz-json-1.0',
    `Content-Length: ${body.length}`,
  ];
  await Promise.all(
    Array.from({ length: 10 }, async () => {
      const socket = connect(account.port, '127.0.0.1');
      await new Promise<void>((resolve) => {
        socket.write(`${headers.join('\r\n')}\r\n\r\n${body.slice(0, body.length / 2)}`, () => {
          socket.destroy();
          resolve();
        });
      });
    }),
  );
  await dynamodb.send(new PutItemCommand({ TableName, Item: row('whole') }));
  const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key: { id: { S: 'half' } } }));
  expect(Item).toBeUndefined();
  expect(account.said).toEqual([]);
});

test.each([
  ['begins_with(#absent, elsewhere)', []],
  ['#absent < elsewhere', []],
  ['since IN (elsewhere, #absent)', []],
  ['since BETWEEN elsewhere AND #absent', []],
  ['since BETWEEN since AND id', []],
  ['NOT begins_with(#absent, elsewhere)', ['whole']],
  ['begins_with(flag, marker)', []],
  ['begins_with(id, room) OR since IN (elsewhere, since)', ['whole']],
  ['attribute_exists(since) AND since BETWEEN since AND since', ['whole']],
])('%s works on a missing attribute', async (filter, found) => {
  const Item = {
    id: { S: 'whole' },
    room: { S: 'of absences' },
    since: { N: '1' },
    flag: { BOOL: true },
    marker: { BOOL: true },
  };
  await dynamodb.send(new PutItemCommand({ TableName, Item }));
  const { Items } = await dynamodb.send(
    new ScanCommand({
      TableName,
      FilterExpression: `(room = :room) AND (${filter})`,
      ...(filter.includes('#') ? { ExpressionAttributeNames: { '#absent': 'absent' } } : {}),
      ExpressionAttributeValues: { ':room': { S: 'of absences' } },
    }),
  );
  expect(Items?.map(({ id }) => id?.S)).toEqual(found);
  expect(account.said).toEqual([]);
});

/** A value inside this many maps and lists, alternating. */
function within(levels: number): AttributeValue {
  const inner: AttributeValue = { S: 'leaf' };
  return levels === 0 ? inner : levels % 2 === 0 ? { M: { n: within(levels - 1) } } : { L: [within(levels - 1)] };
}

test('a document can have 32 levels, and a deeper one is rejected anywhere', async () => {
  const Key = { id: { S: 'nested' } };
  const Item = (levels: number) => ({ ...Key, data: within(levels) });
  await dynamodb.send(new PutItemCommand({ TableName, Item: Item(31) }));
  expect((await dynamodb.send(new GetItemCommand({ TableName, Key }))).Item).toEqual(Item(31));
  const update = (levels: number) =>
    new UpdateItemCommand({
      TableName,
      Key,
      UpdateExpression: 'SET payload = :value',
      ExpressionAttributeValues: { ':value': within(levels) },
    });
  await dynamodb.send(update(31));
  const RequestItems = { [TableName]: [{ PutRequest: { Item: Item(32) } }] };
  const AttributeUpdates = { data: { Action: 'PUT' as const, Value: within(32) } };
  for (const tooDeep of [
    () => dynamodb.send(new PutItemCommand({ TableName, Item: Item(32) })),
    () => dynamodb.send(update(32)),
    () => dynamodb.send(new BatchWriteItemCommand({ RequestItems })),
    () => dynamodb.send(new UpdateItemCommand({ TableName, Key, AttributeUpdates })),
  ]) {
    await expect(tooDeep()).rejects.toMatchObject({
      name: 'ValidationException',
      message:
        'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit',
    });
  }
});

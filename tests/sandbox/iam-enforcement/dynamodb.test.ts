import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactGetItemsCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { testAccount } from '../../account.ts';
import { createTable } from '../create-table.ts';
import { arnOfUser, makeUser, permit, type Statement } from './callers.ts';

const arn = (path: string) => `arn:aws:dynamodb:us-east-1:111122223333:table/${path}`;
const denied = { name: 'AccessDeniedException' };

const account = await testAccount();
const dynamodb = new DynamoDBClient(await makeUser(account, 'reader'));
const administrator = new DynamoDBClient(account.client);
for (const TableName of ['rooms', 'people']) {
  await createTable(administrator, TableName, ['room', 'person'], {
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-person',
        KeySchema: [{ AttributeName: 'person', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  });
}

const may = (...statements: Statement[]) => permit(account, 'reader', ...statements);
const key = (room: string) => ({ room: { S: room }, person: { S: 'ida' } });
const ofPerson = (TableName: string) =>
  new QueryCommand({
    TableName,
    IndexName: 'by-person',
    KeyConditionExpression: 'person = :p',
    ExpressionAttributeValues: { ':p': { S: 'ida' } },
  });

test('a permission is for a table, an index and an action', async () => {
  await may({ Action: 'dynamodb:Scan', Resource: arn('rooms') });
  await dynamodb.send(new ScanCommand({ TableName: 'rooms' }));
  await expect(dynamodb.send(new ScanCommand({ TableName: 'people' }))).rejects.toMatchObject({
    ...denied,
    message: `User: ${arnOfUser('reader')} is not authorized to perform: dynamodb:Scan on resource: ${arn('people')} because no identity-based policy allows the dynamodb:Scan action`,
    $metadata: { httpStatusCode: 400 },
  });
  await expect(dynamodb.send(new ScanCommand({ TableName: 'nowhere' }))).rejects.toMatchObject(denied);
  await expect(dynamodb.send(new GetItemCommand({ TableName: 'rooms', Key: key('a') }))).rejects.toMatchObject(denied);
  await expect(dynamodb.send(new ScanCommand({ TableName: 'rooms', IndexName: 'by-person' }))).rejects.toMatchObject(
    denied,
  );
  await may({ Action: 'dynamodb:Query', Resource: arn('rooms/index/*') });
  await dynamodb.send(ofPerson('rooms'));
  await expect(dynamodb.send(ofPerson('people'))).rejects.toMatchObject(denied);
});

test('a batch needs the permission on each of its tables', async () => {
  const both = new BatchGetItemCommand({
    RequestItems: { rooms: { Keys: [key('a')] }, people: { Keys: [key('a')] } },
  });
  await may({ Action: 'dynamodb:BatchGetItem', Resource: arn('rooms') });
  await expect(dynamodb.send(both)).rejects.toMatchObject(denied);
  await may({ Action: 'dynamodb:BatchGetItem', Resource: [arn('rooms'), arn('people')] });
  await dynamodb.send(both);
});

test('leading keys restrict a caller to their own items', async () => {
  await may({
    Action: 'dynamodb:*',
    Resource: [arn('rooms'), arn('rooms/index/by-person')],
    Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['mine', 'ida'] } },
  });
  const calls = (room: string) => [
    new PutItemCommand({ TableName: 'rooms', Item: key(room) }),
    new GetItemCommand({ TableName: 'rooms', Key: key(room) }),
    new UpdateItemCommand({
      TableName: 'rooms',
      Key: key(room),
      UpdateExpression: 'SET seen = :yes',
      ExpressionAttributeValues: { ':yes': { BOOL: true } },
    }),
    new QueryCommand({
      TableName: arn('rooms'),
      KeyConditionExpression: '#r = :r AND begins_with(person, :p)',
      ExpressionAttributeNames: { '#r': 'room' },
      ExpressionAttributeValues: { ':r': { S: room }, ':p': { S: 'i' } },
    }),
    new BatchGetItemCommand({ RequestItems: { rooms: { Keys: [key('mine'), { ...key(room), person: { S: 'x' } }] } } }),
    new BatchWriteItemCommand({ RequestItems: { rooms: [{ DeleteRequest: { Key: key(room) } }] } }),
    new DeleteItemCommand({ TableName: 'rooms', Key: key(room) }),
  ];
  for (const call of calls('mine')) await dynamodb.send(call as GetItemCommand);
  for (const call of calls('yours')) await expect(dynamodb.send(call as GetItemCommand)).rejects.toMatchObject(denied);
  // For an index, it is the index's own partition key.
  await dynamodb.send(ofPerson('rooms'));
});

test('attributes, and requesting them by name, can be conditions', async () => {
  await may({
    Action: 'dynamodb:GetItem',
    Condition: {
      'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['room', 'person', 'seen'] },
      StringEquals: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
    },
  });
  const get = (ProjectionExpression?: string) =>
    dynamodb.send(
      new GetItemCommand({
        TableName: 'rooms',
        Key: key('a'),
        ...(ProjectionExpression === undefined
          ? {}
          : { ProjectionExpression, ExpressionAttributeNames: { '#s': 'seen' } }),
      }),
    );
  await get('room, #s.latest[0]');
  await expect(get('#s, secret')).rejects.toMatchObject(denied);
  await expect(get()).rejects.toMatchObject(denied);
});

const write = (...TransactItems: TransactWriteItem[]) => new TransactWriteItemsCommand({ TransactItems });
const put = (TableName: string, room = 'a') => ({ Put: { TableName, Item: key(room) } });
const check = (TableName: string) => ({
  ConditionCheck: { TableName, Key: key('b'), ConditionExpression: 'attribute_not_exists(room)' },
});

test('each part of a transaction needs the permission for its operation on its table', async () => {
  await may({ Action: 'dynamodb:TransactWriteItems' });
  await expect(dynamodb.send(write(put('rooms')))).rejects.toMatchObject({
    ...denied,
    message: expect.stringContaining(`not authorized to perform: dynamodb:PutItem on resource: ${arn('rooms')}`),
  });
  await may({ Action: ['dynamodb:PutItem', 'dynamodb:ConditionCheckItem'], Resource: arn('rooms') });
  await dynamodb.send(write(put('rooms'), check('rooms')));
  const update = { TableName: 'rooms', Key: key('c'), UpdateExpression: 'REMOVE seen' };
  const others = [
    put('people'),
    check('people'),
    { Update: update },
    { Delete: { TableName: 'rooms', Key: key('c') } },
  ];
  for (const other of others) {
    await expect(dynamodb.send(write(put('rooms'), other))).rejects.toMatchObject(denied);
  }
  const read = new TransactGetItemsCommand({ TransactItems: [{ Get: { TableName: 'rooms', Key: key('a') } }] });
  await expect(dynamodb.send(read)).rejects.toMatchObject(denied);
  await may({ Action: 'dynamodb:GetItem', Resource: arn('rooms') });
  await dynamodb.send(read);
});

test('a policy can be about transactions only, and about the leading keys of their parts', async () => {
  const item = new PutItemCommand({ TableName: 'rooms', Item: key('mine') });
  await may({
    Action: 'dynamodb:PutItem',
    Condition: {
      'ForAnyValue:StringEquals': { 'dynamodb:EnclosingOperation': ['TransactWriteItems'] },
      'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['mine', 'ours'] },
    },
  });
  await dynamodb.send(write(put('rooms', 'mine'), put('rooms', 'ours')));
  await expect(dynamodb.send(write(put('rooms', 'mine'), put('rooms', 'yours')))).rejects.toMatchObject(denied);
  await expect(dynamodb.send(item)).rejects.toMatchObject(denied);
});

test('a policy can allow only operations that return no item, including the checks of a transaction', async () => {
  await may({
    Action: ['dynamodb:PutItem', 'dynamodb:ConditionCheckItem'],
    Condition: { StringEquals: { 'dynamodb:ReturnValues': 'NONE' } },
  });
  await dynamodb.send(write(put('rooms'), check('rooms')));
  const showing = new PutItemCommand({ TableName: 'rooms', Item: key('a'), ReturnValues: 'ALL_OLD' });
  await expect(dynamodb.send(showing)).rejects.toMatchObject(denied);
});

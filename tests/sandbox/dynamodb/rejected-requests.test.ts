import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { TableName, testConnections } from './connections-table.ts';

const { dynamodb } = await testConnections();

const query = { TableName, KeyConditionExpression: 'id = :id', ExpressionAttributeValues: { ':id': { S: 'one' } } };
const Item = { id: { S: 'e' }, room: { S: '' } };
const emptyIndexKey =
  'A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: by-room, IndexKey: room';
const emptyUpdate = { TableName, Key: { id: { S: 'e' } }, ExpressionAttributeValues: { ':none': { S: '' } } };

test.each<[string, () => Promise<unknown>, string]>([
  ['an empty index key', () => dynamodb.send(new PutItemCommand({ TableName, Item })), emptyIndexKey],
  [
    'an empty index key in a batch',
    () => dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: [{ PutRequest: { Item } }] } })),
    emptyIndexKey,
  ],
  [
    'an empty index key in a transaction',
    () => dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName, Item } }] })),
    emptyIndexKey,
  ],
  [
    'an update to an empty index key',
    () => dynamodb.send(new UpdateItemCommand({ ...emptyUpdate, UpdateExpression: 'SET room = :none' })),
    'attempted to update a secondary index key to a value that is not supported',
  ],
  [
    'a deletion that returns new values',
    () => dynamodb.send(new DeleteItemCommand({ TableName, Key: { id: { S: 'one' } }, ReturnValues: 'ALL_NEW' })),
    'ReturnValues can only be ALL_OLD or NONE',
  ],
  [
    'projected attributes without an index',
    () => dynamodb.send(new QueryCommand({ ...query, Select: 'ALL_PROJECTED_ATTRIBUTES' })),
    'ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName',
  ],
  [
    'a projection of a count',
    () => dynamodb.send(new QueryCommand({ ...query, Select: 'COUNT', ProjectionExpression: 'room' })),
    'Cannot specify the ProjectionExpression when choosing to get only the Count',
  ],
  [
    'a projection of all attributes',
    () => dynamodb.send(new ScanCommand({ TableName, Select: 'ALL_ATTRIBUTES', AttributesToGet: ['room'] })),
    'Cannot specify the AttributesToGet when choosing to get ALL_ATTRIBUTES',
  ],
  [
    'specific attributes that are not named',
    () => dynamodb.send(new ScanCommand({ TableName, Select: 'SPECIFIC_ATTRIBUTES' })),
    'when choosing to get SPECIFIC_ATTRIBUTES',
  ],
  [
    'a segment without their number',
    () => dynamodb.send(new ScanCommand({ TableName, Segment: 0 })),
    'The TotalSegments parameter is required',
  ],
  [
    'a write that is a put and a deletion',
    () =>
      dynamodb.send(
        new BatchWriteItemCommand({
          RequestItems: {
            [TableName]: [{ PutRequest: { Item: { id: { S: 'one' } } }, DeleteRequest: { Key: { id: { S: 'one' } } } }],
          },
        }),
      ),
    'more than one datatypes set',
  ],
  [
    'a long expression',
    () => dynamodb.send(new ScanCommand({ TableName, ProjectionExpression: `id, ${'a'.repeat(4093)}` })),
    'Invalid ProjectionExpression: Expression size has exceeded the maximum allowed size; expression size: 4097',
  ],
])('rejects %s', async (_what, send, message) => {
  const error = await send().then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  expect(error).toMatchObject({ name: 'ValidationException', message: expect.stringContaining(message) });
});

import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateTableCommand,
  type UpdateTableCommandInput,
} from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { testAccount } from '../../account.ts';

const account = await testAccount();
const dynamodb = new DynamoDBClient({ ...account.client, maxAttempts: 1 });

const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
const hash = (AttributeName: string) => ({ AttributeName, KeyType: 'HASH' as const });
const byRoom = { IndexName: 'by-room', KeySchema: [hash('room')], Projection: { ProjectionType: 'ALL' as const } };

async function create(TableName: string, more: Partial<CreateTableCommandInput> = {}) {
  await dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [text('id')],
      KeySchema: [hash('id')],
      ...more,
    }),
  );
}

const put = (TableName: string, item: Record<string, string | number>) =>
  dynamodb.send(
    new PutItemCommand({
      TableName,
      Item: Object.fromEntries(
        Object.entries(item).map(([name, value]) => [
          name,
          typeof value === 'number' ? { N: `${value}` } : { S: value },
        ]),
      ),
    }),
  );

const update = (TableName: string, more: Partial<UpdateTableCommandInput>) =>
  dynamodb.send(new UpdateTableCommand({ TableName, ...more }));

const createIndex = (TableName: string, Create: object = byRoom, attributes = ['id', 'room']) =>
  update(TableName, {
    AttributeDefinitions: attributes.map(text),
    GlobalSecondaryIndexUpdates: [{ Create: Create as typeof byRoom }],
  });

async function idsIn(TableName: string, room: string) {
  const { Items = [] } = await dynamodb.send(
    new QueryCommand({
      TableName,
      IndexName: 'by-room',
      KeyConditionExpression: 'room = :room',
      ExpressionAttributeValues: { ':room': { S: room } },
    }),
  );
  return Items.map(({ id }) => id?.S).sort();
}

async function describe(TableName: string) {
  return (await dynamodb.send(new DescribeTableCommand({ TableName }))).Table;
}

test('a new index has the items that the table had, and those that follow', async () => {
  await create('filled');
  await put('filled', { id: 'ada', room: 'tea' });
  await put('filled', { id: 'grace', room: 'coffee' });
  await put('filled', { id: 'linus', room: 'tea' });
  await put('filled', { id: 'without' });
  await put('filled', { id: 'of another type', room: 7 });
  const { TableDescription } = await createIndex('filled');
  expect(TableDescription).toMatchObject({
    TableStatus: 'UPDATING',
    GlobalSecondaryIndexes: [{ IndexName: 'by-room', IndexStatus: 'CREATING' }],
  });
  expect(await describe('filled')).toMatchObject({
    TableStatus: 'ACTIVE',
    AttributeDefinitions: [text('id'), text('room')],
    GlobalSecondaryIndexes: [
      { IndexStatus: 'ACTIVE', IndexArn: expect.stringMatching(/:table\/filled\/index\/by-room$/) },
    ],
  });
  await put('filled', { id: 'margaret', room: 'tea' });
  expect(await idsIn('filled', 'tea')).toEqual(['ada', 'linus', 'margaret']);
  expect(await idsIn('filled', 'coffee')).toEqual(['grace']);
  expect((await dynamodb.send(new ScanCommand({ TableName: 'filled' }))).Count).toBe(6);
});

test('a deleted index is gone with its attributes, and a new one of the same name starts empty', async () => {
  await create('emptied', {
    AttributeDefinitions: [text('id'), text('room')],
    GlobalSecondaryIndexes: [byRoom],
  });
  await put('emptied', { id: 'ada', room: 'tea' });
  const { TableDescription } = await update('emptied', {
    GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'by-room' } }],
  });
  expect(TableDescription?.GlobalSecondaryIndexes).toMatchObject([{ IndexStatus: 'DELETING' }]);
  const table = await describe('emptied');
  expect(table?.GlobalSecondaryIndexes).toBeUndefined();
  expect(table?.AttributeDefinitions).toEqual([text('id')]);
  await expect(idsIn('emptied', 'tea')).rejects.toMatchObject({ name: 'ValidationException' });
  await put('emptied', { id: 'ada', room: 'coffee' });
  await createIndex('emptied');
  expect(await idsIn('emptied', 'tea')).toEqual([]);
  expect(await idsIn('emptied', 'coffee')).toEqual(['ada']);
});

test('a table with provisioned capacity gets an index with its own', async () => {
  const ProvisionedThroughput = { ReadCapacityUnits: 2, WriteCapacityUnits: 3 };
  await create('provisioned', { BillingMode: 'PROVISIONED', ProvisionedThroughput });
  await createIndex('provisioned', { ...byRoom, ProvisionedThroughput });
  expect((await describe('provisioned'))?.GlobalSecondaryIndexes).toMatchObject([{ ProvisionedThroughput }]);
});

test('impossible changes of indexes are rejected and change nothing', async () => {
  await create('as-is', { AttributeDefinitions: [text('id'), text('room')], GlobalSecondaryIndexes: [byRoom] });
  const before = await describe('as-is');
  const invalid = { name: 'ValidationException' };
  await expect(createIndex('as-is')).rejects.toMatchObject({
    ...invalid,
    message: expect.stringMatching(/already exists/),
  });
  const other = { ...byRoom, IndexName: 'other', KeySchema: [hash('floor')] };
  await expect(createIndex('as-is', other, ['id'])).rejects.toMatchObject({
    ...invalid,
    message: expect.stringMatching(/not defined/),
  });
  await expect(createIndex('as-is', { ...other, Projection: {} }, ['floor'])).rejects.toMatchObject(invalid);
  await expect(
    update('as-is', { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'none' } }] }),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(
    update('as-is', {
      AttributeDefinitions: [text('floor')],
      GlobalSecondaryIndexUpdates: [{ Create: other }, { Delete: { IndexName: 'by-room' } }],
    }),
  ).rejects.toMatchObject({ name: 'LimitExceededException' });
  await expect(createIndex('as-is', { ...other, KeySchema: [hash('room')] }, ['id'])).rejects.toMatchObject({
    ...invalid,
    message: expect.stringMatching(/not defined/),
  });
  await expect(
    update('as-is', {
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'N' }, text('floor')],
      GlobalSecondaryIndexUpdates: [{ Create: other }],
    }),
  ).rejects.toMatchObject({ ...invalid, message: expect.stringMatching(/type of the attribute id/) });
  const ProvisionedThroughput = { ReadCapacityUnits: 2, WriteCapacityUnits: 2 };
  await expect(
    update('as-is', {
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput,
      AttributeDefinitions: [text('floor')],
      GlobalSecondaryIndexUpdates: [{ Create: { ...other, ProvisionedThroughput } }],
    }),
  ).rejects.toMatchObject({ name: 'LimitExceededException' });
  expect(await describe('as-is')).toEqual(before);
});

test('changes of a table follow each other or are rejected, and none is lost', async () => {
  for (let time = 0; time < 10; time += 1) {
    const TableName = `raced-${time}`;
    await create(TableName);
    const ends = await Promise.allSettled([
      createIndex(TableName),
      createIndex(TableName, { ...byRoom, IndexName: 'other', KeySchema: [hash('floor')] }, ['floor']),
    ]);
    expect(ends.filter(({ status }) => status === 'rejected')).toEqual([]);
    const names = (await describe(TableName))?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName);
    expect(names?.sort()).toEqual(['by-room', 'other']);
  }
});

test('a table that is deleted beside a change is gone', async () => {
  for (let time = 0; time < 10; time += 1) {
    const TableName = `deleted-${time}`;
    await create(TableName);
    const change = createIndex(TableName).catch(() => undefined);
    await dynamodb.send(new DeleteTableCommand({ TableName }));
    await change;
    await expect(describe(TableName)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  }
});

test("an index's capacity is changed, and then another index is created", async () => {
  const capacity = (units: number) => ({ ReadCapacityUnits: units, WriteCapacityUnits: units });
  const provisioned = { BillingMode: 'PROVISIONED' as const, ProvisionedThroughput: capacity(1) };
  await create('measured', {
    ...provisioned,
    AttributeDefinitions: [text('id'), text('room')],
    GlobalSecondaryIndexes: [{ ...byRoom, ProvisionedThroughput: capacity(1) }],
  });
  await update('measured', {
    GlobalSecondaryIndexUpdates: [{ Update: { IndexName: 'by-room', ProvisionedThroughput: capacity(5) } }],
  });
  const other = { ...byRoom, IndexName: 'other', ProvisionedThroughput: capacity(2) };
  await createIndex('measured', other, ['room']);
  const indexes = (await describe('measured'))?.GlobalSecondaryIndexes;
  expect(indexes?.map(({ IndexStatus, ProvisionedThroughput: now }) => [IndexStatus, now?.ReadCapacityUnits])).toEqual([
    ['ACTIVE', 5],
    ['ACTIVE', 2],
  ]);
});

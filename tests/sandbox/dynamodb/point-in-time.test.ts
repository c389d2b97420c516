import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ListTagsOfResourceCommand,
  PutItemCommand,
  QueryCommand,
  RestoreTableToPointInTimeCommand,
  type RestoreTableToPointInTimeCommandInput,
  ScanCommand,
  TagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestAccount, type TestAccount } from '../../account.ts';

let account: TestAccount;
let dynamodb: DynamoDBClient;
/** The account's clock, moved by less than the allowed skew of a signature. */
let now = Math.floor(Date.now() / 1000) * 1000;

let folder: string;

async function start(): Promise<void> {
  account = await startTestAccount({ folder, clock: { now: () => new Date(now) } });
  dynamodb = new DynamoDBClient(account.client);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
  await start();
});
afterAll(async () => {
  await account.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

function pass(seconds: number): void {
  now += seconds * 1000;
}

async function create(TableName: string): Promise<void> {
  await dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['channel', 'at', 'from'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S' as const,
      })),
      KeySchema: [
        { AttributeName: 'channel', KeyType: 'HASH' },
        { AttributeName: 'at', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'bySender',
          KeySchema: [{ AttributeName: 'from', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    }),
  );
}

const keyOf = (at: string) => ({ channel: { S: 'release' }, at: { S: at } });
const message = (at: string, text: string) => ({ ...keyOf(at), from: { S: 'ada' }, text: { S: text } });
const put = (TableName: string, at: string, text: string) =>
  dynamodb.send(new PutItemCommand({ TableName, Item: message(at, text) }));

function recover(TableName: string, PointInTimeRecoveryEnabled = true) {
  const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled };
  return dynamodb.send(new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification }));
}

function restore(SourceTableName: string, more: Partial<RestoreTableToPointInTimeCommandInput>) {
  return dynamodb.send(
    new RestoreTableToPointInTimeCommand({ SourceTableName, TargetTableName: `${SourceTableName}-back`, ...more }),
  );
}

async function texts(TableName: string): Promise<unknown> {
  const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName, ConsistentRead: true }));
  return Items.map(({ text }) => text?.S).sort();
}

test('restores the state of any second into a new table', async () => {
  await create('history');
  await put('history', '1', 'before recovery');
  await recover('history');
  pass(5);
  await put('history', '2', 'said');
  await dynamodb.send(
    new BatchWriteItemCommand({
      RequestItems: { history: ['3', '4'].map((at) => ({ PutRequest: { Item: message(at, `batch ${at}`) } })) },
    }),
  );
  pass(5);
  const friday = new Date(now);
  pass(5);
  await dynamodb.send(
    new UpdateItemCommand({
      TableName: 'history',
      Key: keyOf('2'),
      UpdateExpression: 'SET #text = :text',
      ExpressionAttributeNames: { '#text': 'text' },
      ExpressionAttributeValues: { ':text': { S: 'changed' } },
    }),
  );
  for (const at of ['1', '3', '4']) {
    await dynamodb.send(new DeleteItemCommand({ TableName: 'history', Key: keyOf(at) }));
  }
  expect(await texts('history')).toEqual(['changed']);

  const { TableDescription } = await restore('history', { RestoreDateTime: friday });
  const RestoreSummary = {
    SourceTableArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/history',
    RestoreDateTime: friday,
  };
  expect(TableDescription).toMatchObject({
    TableStatus: 'CREATING',
    RestoreSummary: { ...RestoreSummary, RestoreInProgress: true },
  });
  expect(await texts('history-back')).toEqual(['batch 3', 'batch 4', 'before recovery', 'said']);
  expect(await texts('history')).toEqual(['changed']);
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: 'history-back' }));
  expect(Table).toMatchObject({
    TableStatus: 'ACTIVE',
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    RestoreSummary: { ...RestoreSummary, RestoreInProgress: false },
  });
  const bySender = await dynamodb.send(
    new QueryCommand({
      TableName: 'history-back',
      IndexName: 'bySender',
      KeyConditionExpression: '#from = :from',
      ExpressionAttributeNames: { '#from': 'from' },
      ExpressionAttributeValues: { ':from': { S: 'ada' } },
    }),
  );
  expect(bySender.Count).toBe(4);
  // Recovery itself is not restored.
  const backups = await dynamodb.send(new DescribeContinuousBackupsCommand({ TableName: 'history-back' }));
  expect(backups.ContinuousBackupsDescription?.PointInTimeRecoveryDescription).toEqual({
    PointInTimeRecoveryStatus: 'DISABLED',
  });
});

test('the latest restorable time is now, and the source can be an ARN', async () => {
  await create('latest');
  await recover('latest');
  await put('latest', '1', 'said');
  await dynamodb.send(
    new RestoreTableToPointInTimeCommand({
      SourceTableArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/latest',
      TargetTableName: 'latest-back',
      UseLatestRestorableTime: true,
      GlobalSecondaryIndexOverride: [],
    }),
  );
  expect(await texts('latest-back')).toEqual(['said']);
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: 'latest-back' }));
  expect(Table?.GlobalSecondaryIndexes).toBeUndefined();
});

test('nothing from before recovery was enabled can be restored, nor after it was disabled', async () => {
  await create('late');
  const UseLatestRestorableTime = true;
  await expect(restore('late', { UseLatestRestorableTime })).rejects.toMatchObject({
    name: 'PointInTimeRecoveryUnavailableException',
  });
  await put('late', '1', 'deleted on Friday');
  const friday = new Date(now);
  await dynamodb.send(new DeleteItemCommand({ TableName: 'late', Key: keyOf('1') }));
  pass(5);
  await recover('late');
  await expect(restore('late', { RestoreDateTime: friday })).rejects.toMatchObject({
    name: 'InvalidRestoreTimeException',
  });
  await recover('late', false);
  await recover('late');
  await restore('late', { UseLatestRestorableTime });
  expect(await texts('late-back')).toEqual([]);
});

test("rejects invalid requests with DynamoDB's errors", async () => {
  await create('wrong');
  await recover('wrong');
  const UseLatestRestorableTime = true;
  const tomorrow = new Date(now + 3_600_000);
  await expect(restore('nothing', { UseLatestRestorableTime })).rejects.toMatchObject({
    name: 'TableNotFoundException',
  });
  await expect(restore('wrong', { RestoreDateTime: tomorrow })).rejects.toMatchObject({
    name: 'InvalidRestoreTimeException',
  });
  await expect(restore('wrong', { TargetTableName: 'wrong', UseLatestRestorableTime })).rejects.toMatchObject({
    name: 'TableAlreadyExistsException',
  });
  await expect(restore('wrong', {})).rejects.toMatchObject({ name: 'ValidationException' });
});

test('a new table of the same name has no changes of the deleted one', async () => {
  await create('again');
  await recover('again');
  await put('again', '1', 'of the first');
  await dynamodb.send(new DeleteTableCommand({ TableName: 'again' }));
  await create('again');
  await recover('again');
  await restore('again', { UseLatestRestorableTime: true });
  expect(await texts('again-back')).toEqual([]);
});

test('recovery survives a restart', async () => {
  await create('kept');
  await recover('kept');
  await put('kept', '1', 'said');
  pass(5);
  const before = new Date(now);
  pass(5);
  await dynamodb.send(new DeleteItemCommand({ TableName: 'kept', Key: keyOf('1') }));
  await account.close();
  await start();
  await restore('kept', { RestoreDateTime: before });
  expect(await texts('kept-back')).toEqual(['said']);
});

test('a tag that is added while recovery is being enabled stays', async () => {
  await create('busy');
  await Promise.all(Array.from({ length: 20 }, (_, index) => put('busy', String(index), 'x'.repeat(100_000))));
  const ResourceArn = 'arn:aws:dynamodb:us-east-1:111122223333:table/busy';
  const tags = ['a', 'b', 'c', 'd'].map((Key) => ({ Key, Value: 'yes' }));
  const enabling = recover('busy');
  for (const tag of tags) await dynamodb.send(new TagResourceCommand({ ResourceArn, Tags: [tag] }));
  await enabling;
  const { Tags } = await dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn }));
  expect(Tags).toEqual(tags);
  await restore('busy', { UseLatestRestorableTime: true });
});

import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  ScanCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { testAccount } from '../../account.ts';

const account = await testAccount();
const dynamodb = new DynamoDBClient(account.client);

function create(TableName: string, more: Partial<CreateTableCommandInput> = {}, client = dynamodb) {
  return client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      ...more,
    }),
  );
}

test('a table is created in its account and region, and deleted', async () => {
  const elsewhere = new DynamoDBClient({ ...account.client, region: 'eu-west-1' });
  const { TableDescription } = await create('messages', {}, elsewhere);
  expect(TableDescription).toMatchObject({
    TableArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/messages',
    TableStatus: 'CREATING',
  });
  const { Table } = await elsewhere.send(new DescribeTableCommand({ TableName: 'messages' }));
  expect(Table).toMatchObject({
    TableStatus: 'ACTIVE',
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    DeletionProtectionEnabled: false,
  });
  expect((await dynamodb.send(new ListTablesCommand({}))).TableNames).not.toContain('messages');
  await expect(create('messages', {}, elsewhere)).rejects.toMatchObject({ name: 'ResourceInUseException' });
  await elsewhere.send(new PutItemCommand({ TableName: 'messages', Item: { id: { S: '1' } } }));
  await elsewhere.send(new DeleteTableCommand({ TableName: 'messages' }));
  await expect(elsewhere.send(new DescribeTableCommand({ TableName: 'messages' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  await create('messages', {}, elsewhere);
  expect((await elsewhere.send(new ScanCommand({ TableName: 'messages' }))).Count).toBe(0);
});

test('a table keeps its tags, protection and encryption', async () => {
  const TableName = 'kept';
  await create(TableName, {
    Tags: [{ Key: 'websocket-lab', Value: '08' }],
    DeletionProtectionEnabled: true,
    SSESpecification: { Enabled: true },
    TableClass: 'STANDARD',
  });
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
  expect(Table).toMatchObject({
    DeletionProtectionEnabled: true,
    SSEDescription: { Status: 'ENABLED', SSEType: 'KMS' },
  });
  const ResourceArn = Table?.TableArn;
  await dynamodb.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'a', Value: 'b' }] }));
  await dynamodb.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['websocket-lab'] }));
  const { Tags } = await dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn }));
  expect(Tags).toEqual([{ Key: 'a', Value: 'b' }]);
  const remove = () => dynamodb.send(new DeleteTableCommand({ TableName }));
  await expect(remove()).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringMatching(/protected against deletion/),
  });
  await dynamodb.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
  await remove();
  await create(TableName);
  const { Tags: anew } = await dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn }));
  expect(anew).toEqual([]);
});

test('the billing mode can be changed', async () => {
  const TableName = 'billed';
  await create(TableName);
  const ProvisionedThroughput = { ReadCapacityUnits: 2, WriteCapacityUnits: 1 };
  await dynamodb.send(new UpdateTableCommand({ TableName, BillingMode: 'PROVISIONED', ProvisionedThroughput }));
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
  expect(Table?.ProvisionedThroughput).toMatchObject(ProvisionedThroughput);
});

test('time to live can be turned on and off', async () => {
  const TableName = 'short-lived';
  await create(TableName);
  const set = (Enabled: boolean) =>
    dynamodb.send(
      new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { Enabled, AttributeName: 'expires' } }),
    );
  const read = async () => (await dynamodb.send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription;
  expect(await read()).toEqual({ TimeToLiveStatus: 'DISABLED' });
  await set(true);
  expect(await read()).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expires' });
  await expect(set(true)).rejects.toMatchObject({ message: 'TimeToLive is already enabled' });
  await set(false);
  expect(await read()).toEqual({ TimeToLiveStatus: 'DISABLED' });
});

test('point-in-time recovery can be turned on and off', async () => {
  const TableName = 'history';
  await create(TableName);
  const set = (PointInTimeRecoveryEnabled: boolean) =>
    dynamodb.send(
      new UpdateContinuousBackupsCommand({
        TableName,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled },
      }),
    );
  const read = async () => {
    const { ContinuousBackupsDescription } = await dynamodb.send(new DescribeContinuousBackupsCommand({ TableName }));
    return ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
  };
  expect(await read()).toEqual({ PointInTimeRecoveryStatus: 'DISABLED' });
  await set(true);
  expect(await read()).toMatchObject({ PointInTimeRecoveryStatus: 'ENABLED', RecoveryPeriodInDays: 35 });
  expect((await read())?.EarliestRestorableDateTime).toBeInstanceOf(Date);
  await set(false);
  expect(await read()).toEqual({ PointInTimeRecoveryStatus: 'DISABLED' });
  const missing = new DescribeContinuousBackupsCommand({ TableName: 'nothing' });
  await expect(dynamodb.send(missing)).rejects.toMatchObject({ name: 'TableNotFoundException' });
});

test.each([
  ['streams', { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' } }, /Streams/],
  ['another table class', { TableClass: 'STANDARD_INFREQUENT_ACCESS' }, /STANDARD_INFREQUENT_ACCESS/],
  ['a warm throughput', { WarmThroughput: { ReadUnitsPerSecond: 1 } }, /WarmThroughput/],
] as const)('%s are not served, and say so', async (_what, more, message) => {
  await expect(create('refused', more)).rejects.toMatchObject({ name: 'NotImplemented', message });
  await expect(dynamodb.send(new DescribeTableCommand({ TableName: 'refused' }))).rejects.toThrow();
});

test('an existing table cannot be created again', async () => {
  await create('twice');
  await expect(create('twice')).rejects.toMatchObject({
    name: 'ResourceInUseException',
    message: 'Table already exists: twice',
  });
});

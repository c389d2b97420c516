import { CloudFormationClient, DeleteStackCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ListTagsOfResourceCommand,
} from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { testAccount } from '../../account.ts';
import { create, ended, rawEvents, update } from './deploying.ts';

const account = await testAccount();
const client = new CloudFormationClient(account.client);
const dynamodb = new DynamoDBClient(account.client);

const Region = { Ref: 'AWS::Region' };
const attribute = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });
const key = (AttributeName: string, KeyType = 'HASH') => ({ AttributeName, KeyType });

/** What the CDK writes for `new TableV2(…)` with this replica. */
function template(replica: object = {}, properties: object = {}, rest: object = {}) {
  const Properties = {
    AttributeDefinitions: [attribute('id'), attribute('channel')],
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [key('id')],
    GlobalSecondaryIndexes: [
      { IndexName: 'byChannel', KeySchema: [key('channel')], Projection: { ProjectionType: 'ALL' } },
    ],
    Replicas: [{ Region, ...replica }],
    ...properties,
  };
  const attributeOf = (name: string) => ({ Value: { 'Fn::GetAtt': ['Table', name] } });
  return {
    Resources: { Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties, ...rest } },
    Outputs: { Name: { Value: { Ref: 'Table' } }, Arn: attributeOf('Arn'), Id: attributeOf('TableId') },
  };
}

test('a table with one replica is created, changed in place, and deleted', async () => {
  const stack = await create(
    client,
    'global',
    template(
      {
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: '14' },
        DeletionProtectionEnabled: 'true',
        ContributorInsightsSpecification: { Enabled: false },
        GlobalSecondaryIndexes: [{ IndexName: 'byChannel', ContributorInsightsSpecification: { Enabled: false } }],
        SSESpecification: { KMSMasterKeyId: 'alias/room' },
        TableClass: 'STANDARD',
        Tags: [{ Key: 'of', Value: 'its own' }],
      },
      {
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
        TimeToLiveSpecification: { AttributeName: 'later', Enabled: true },
      },
    ),
    { Tags: [{ Key: 'of-the', Value: 'stack' }] },
  );
  expect(await failures('global')).toEqual([]);
  const { Name = '', ...outputs } = outputsOf(stack);
  expect(Name).toMatch(/^global-Table-\w{12}$/);
  const described = await table(Name);
  expect(outputs).toEqual({ Arn: described?.TableArn, Id: described?.TableId });
  expect(described).toMatchObject({
    DeletionProtectionEnabled: true,
    GlobalSecondaryIndexes: [{ IndexName: 'byChannel', KeySchema: [key('channel')] }],
    SSEDescription: { SSEType: 'KMS', KMSMasterKeyArn: expect.stringMatching(/alias\/room$/) },
  });
  expect(await recovery(Name)).toMatchObject({ PointInTimeRecoveryStatus: 'ENABLED', RecoveryPeriodInDays: 14 });
  expect(await tags(described?.TableArn)).toMatchObject({
    of: 'its own',
    'of-the': 'stack',
    'aws:cloudformation:logical-id': 'Table',
  });
  const life = await dynamodb.send(new DescribeTimeToLiveCommand({ TableName: Name }));
  expect(life.TimeToLiveDescription).toMatchObject({ AttributeName: 'later' });

  const changed = await update(client, 'global', template({ Tags: [{ Key: 'by', Value: 'the update' }] }));
  expect(await failures('global')).toEqual([]);
  expect(changed.StackStatus).toBe('UPDATE_COMPLETE');
  expect(outputsOf(changed)).toEqual({ Name, ...outputs });
  expect(await recovery(Name)).toEqual({ PointInTimeRecoveryStatus: 'DISABLED' });
  expect(await table(Name)).toMatchObject({ DeletionProtectionEnabled: false });
  expect(await tags(described?.TableArn)).toEqual({
    by: 'the update',
    'of-the': 'stack',
    'aws:cloudformation:logical-id': 'Table',
    'aws:cloudformation:stack-name': 'global',
    'aws:cloudformation:stack-id': stack.StackId,
  });

  await client.send(new DeleteStackCommand({ StackName: 'global' }));
  expect(await ended(client, stack.StackId)).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
  await expect(table(Name)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('a new key replaces the table', async () => {
  const { Name } = outputsOf(await create(client, 'rekeyed', template()));
  const KeySchema = [key('id'), key('channel', 'RANGE')];
  const { Name: after = '' } = outputsOf(await update(client, 'rekeyed', template({}, { KeySchema })));
  expect(after).not.toBe(Name);
  expect(await table(after)).toMatchObject({ KeySchema });
  await expect(table(Name)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

const elsewhere = { Region: 'eu-north-1' };

test.each<[string, object, object, RegExp]>([
  ['a replica elsewhere', {}, { Replicas: [{ Region }, elsewhere] }, /replica in eu-north-1.*one Region.*us-east-1/],
  ['no replica of its own', {}, { Replicas: [elsewhere] }, /replica in eu-north-1/],
  ['no replica', {}, { Replicas: [] }, /#\/Replicas: .*1/],
  ['two of its own', {}, { Replicas: [{ Region }, { Region }] }, /#\/Replicas: .*1/],
  ['no list of replicas', {}, { Replicas: undefined }, /required key \[Replicas\] not found/],
  ['no key', {}, { KeySchema: undefined }, /required key \[KeySchema\] not found/],
  ['no attributes', {}, { AttributeDefinitions: undefined }, /required key \[AttributeDefinitions\] not found/],
  ['automatic scaling', {}, { WriteProvisionedThroughputSettings: {} }, /property WriteProvisionedThroughputSettings/],
  ['a stream', {}, { StreamSpecification: { StreamViewType: 'KEYS_ONLY' } }, /property StreamSpecification/],
  ['a limit of reads', { ReadOnDemandThroughputSettings: {} }, {}, /Replicas\.ReadOnDemandThroughputSettings of AWS/],
  ['insights', { ContributorInsightsSpecification: { Enabled: true } }, {}, /ContributorInsightsSpecification of AWS/],
  [
    'insights into an index',
    { GlobalSecondaryIndexes: [{ IndexName: 'byChannel', ContributorInsightsSpecification: { Enabled: true } }] },
    {},
    /Replicas\.GlobalSecondaryIndexes\.ContributorInsightsSpecification of AWS/,
  ],
  ['a limit of an index', {}, { GlobalSecondaryIndexes: [{ WarmThroughput: {} }] }, /Indexes\.WarmThroughput of AWS/],
  ['another table class', { TableClass: 'STANDARD_INFREQUENT_ACCESS' }, {}, /class STANDARD_INFREQUENT_ACCESS/],
  ['a reserved tag', { Tags: [{ Key: 'aws:mine', Value: 'x' }] }, {}, /aws: prefixed tag key names/],
])('%s is rejected with its name, and leaves no table', async (what, replica, properties, reason) => {
  const stack = `refused-${what.replaceAll(' ', '-')}`;
  const name = { TableName: stack };
  expect(await create(client, stack, template(replica, { ...name, ...properties }))).toMatchObject({
    StackStatus: 'ROLLBACK_COMPLETE',
  });
  expect(await failures(stack)).toEqual([expect.stringMatching(reason)]);
  await expect(table(stack)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('an update that adds a replica elsewhere is rolled back, and the table stays as it was', async () => {
  const before = { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } };
  const { Name = '' } = outputsOf(await create(client, 'wider', template(before)));
  const wider = template({}, { Replicas: [elsewhere, { Region }] });
  expect(await update(client, 'wider', wider)).toMatchObject({ StackStatus: 'UPDATE_ROLLBACK_COMPLETE' });
  expect(await failures('wider')).toEqual([expect.stringMatching(/replica in eu-north-1/)]);
  expect(await recovery(Name)).toMatchObject({ PointInTimeRecoveryStatus: 'ENABLED' });
});

test('a table does not become a global table under the same logical id', async () => {
  const { Replicas: _, ...Properties } = template().Resources.Table.Properties;
  const Table = { Type: 'AWS::DynamoDB::Table', Properties };
  await create(client, 'converted', { Resources: { Table } });
  const sentence =
    'Update of resource type is not permitted. The new template modifies resource type of the following resources: [Table]';
  const TemplateBody = JSON.stringify(template());
  await expect(client.send(new UpdateStackCommand({ StackName: 'converted', TemplateBody }))).rejects.toMatchObject({
    name: 'ValidationError',
    message: sentence,
  });
  const { Table: moved } = template().Resources;
  expect(await update(client, 'converted', { Resources: { Moved: moved } })).toMatchObject({
    StackStatus: 'UPDATE_COMPLETE',
  });
});

async function table(TableName: string | undefined) {
  return (await dynamodb.send(new DescribeTableCommand({ TableName }))).Table;
}

async function recovery(TableName: string) {
  const { ContinuousBackupsDescription } = await dynamodb.send(new DescribeContinuousBackupsCommand({ TableName }));
  return ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
}

async function tags(ResourceArn: string | undefined): Promise<object> {
  const { Tags = [] } = await dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn }));
  return Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
}

function outputsOf({ Outputs = [] }: Awaited<ReturnType<typeof create>>): Record<string, string> {
  return Object.fromEntries(Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
}

async function failures(stack: string): Promise<Array<string | undefined>> {
  const events = await rawEvents(client, stack);
  return events.flatMap(({ ResourceStatus, ResourceStatusReason }) =>
    /FAILED$/.test(ResourceStatus ?? '') ? [ResourceStatusReason] : [],
  );
}

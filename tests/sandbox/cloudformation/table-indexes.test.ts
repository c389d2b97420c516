import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { testAccount } from '../../account.ts';
import { create, ended, rawEvents } from './deploying.ts';

const account = await testAccount();
const client = new CloudFormationClient(account.client);

/** A table with an index on each of these attributes. */
function template(
  attributes: readonly string[],
  projection: object = { ProjectionType: 'ALL' },
  units = 1,
  TableName = 'indexed',
) {
  const ProvisionedThroughput = { ReadCapacityUnits: units, WriteCapacityUnits: 1 };
  const definitions = ['id', ...attributes].map((AttributeName) => ({ AttributeName, AttributeType: 'S' }));
  const indexes = attributes.map((AttributeName) => ({
    IndexName: `by-${AttributeName}`,
    KeySchema: [{ AttributeName, KeyType: 'HASH' }],
    Projection: projection,
    ProvisionedThroughput,
  }));
  const Properties = {
    TableName,
    ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
    AttributeDefinitions: definitions,
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    ...(indexes.length === 0 ? {} : { GlobalSecondaryIndexes: indexes }),
  };
  return { Resources: { Table: { Type: 'AWS::DynamoDB::Table', Properties } } };
}

/** Updates the stack and returns its status, with the reason if the table's update failed. */
async function update(body: object, StackName = 'indexes'): Promise<string> {
  await client.send(new UpdateStackCommand({ StackName, TemplateBody: JSON.stringify(body) }));
  const { StackStatus = '' } = await ended(client, StackName);
  const failed = (await rawEvents(client, StackName)).filter((event) => event.ResourceStatus === 'UPDATE_FAILED');
  return StackStatus === 'UPDATE_COMPLETE' ? StackStatus : `${StackStatus}: ${failed.at(-1)?.ResourceStatusReason}`;
}

async function indexes(TableName = 'indexed'): Promise<string[]> {
  const { Table } = await new DynamoDBClient(account.client).send(new DescribeTableCommand({ TableName }));
  return (Table?.GlobalSecondaryIndexes ?? []).map(
    ({ IndexName, IndexStatus, ProvisionedThroughput }) =>
      `${IndexName} ${IndexStatus} ${ProvisionedThroughput?.ReadCapacityUnits}`,
  );
}

test('an update creates and deletes one index at a time and never changes one', async () => {
  await create(client, 'indexes', template([]));
  expect(await update(template(['room', 'name']))).toMatch(
    /^UPDATE_ROLLBACK_COMPLETE: Cannot perform more than one GSI creation or deletion in a single update/,
  );
  expect(await update(template(['room']))).toBe('UPDATE_COMPLETE');
  expect(await indexes()).toEqual(['by-room ACTIVE 1']);
  expect(await update(template(['room', 'name']))).toBe('UPDATE_COMPLETE');
  expect(await indexes()).toEqual(['by-room ACTIVE 1', 'by-name ACTIVE 1']);
  expect(await update(template(['room', 'name'], { ProjectionType: 'KEYS_ONLY' }))).toMatch(
    /^UPDATE_ROLLBACK_COMPLETE: Cannot update GSI's properties/,
  );
  expect(await update(template(['name']))).toBe('UPDATE_COMPLETE');
  expect(await indexes()).toEqual(['by-name ACTIVE 1']);
});

test('an update changes the capacity of an index, and ignores the order of its attributes', async () => {
  const projection = (...NonKeyAttributes: string[]) => ({ ProjectionType: 'INCLUDE', NonKeyAttributes });
  await create(client, 'measured', template(['room'], projection('a', 'b'), 1, 'measured'));
  expect(await update(template(['room'], projection('b', 'a'), 5, 'measured'), 'measured')).toBe('UPDATE_COMPLETE');
  expect(await indexes('measured')).toEqual(['by-room ACTIVE 5']);
});

test('an update that changes the type of a key replaces the table', async () => {
  const typed = (AttributeType: string, TableName?: string) => {
    const { Properties, ...table } = template(['room']).Resources.Table;
    const AttributeDefinitions = Properties.AttributeDefinitions.map((each) =>
      each.AttributeName === 'room' ? { ...each, AttributeType } : each,
    );
    return { Resources: { Table: { ...table, Properties: { ...Properties, AttributeDefinitions, TableName } } } };
  };
  const nameOf = async (StackName: string) => {
    const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName }));
    return StackResources[0]?.PhysicalResourceId;
  };
  await create(client, 'typed', typed('S'));
  const before = await nameOf('typed');
  expect(await update(typed('N'), 'typed')).toBe('UPDATE_COMPLETE');
  const after = await nameOf('typed');
  expect(after).not.toBe(before);
  const { Table } = await new DynamoDBClient(account.client).send(new DescribeTableCommand({ TableName: after }));
  expect(Table?.AttributeDefinitions).toContainEqual({ AttributeName: 'room', AttributeType: 'N' });
  await create(client, 'named', typed('S', 'named'));
  expect(await update(typed('N', 'named'), 'named')).toMatch(
    /^UPDATE_ROLLBACK_COMPLETE: CloudFormation cannot update a stack when a custom-named resource requires replacing/,
  );
});

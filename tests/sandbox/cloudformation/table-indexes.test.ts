import { CloudFormationClient, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestAccount, type TestAccount } from '../../account.ts';
import { create, ended, rawEvents } from './deploying.ts';

let account: TestAccount;
let client: CloudFormationClient;

beforeAll(async () => {
  account = await startTestAccount();
  client = new CloudFormationClient(account.client);
});
afterAll(() => account.close());

/** A table with an index on each of these attributes. */
function template(attributes: readonly string[], ProjectionType = 'ALL') {
  const definitions = ['id', ...attributes].map((AttributeName) => ({ AttributeName, AttributeType: 'S' }));
  const indexes = attributes.map((AttributeName) => ({
    IndexName: `by-${AttributeName}`,
    KeySchema: [{ AttributeName, KeyType: 'HASH' }],
    Projection: { ProjectionType },
  }));
  const Properties = {
    TableName: 'indexed',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: definitions,
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    ...(indexes.length === 0 ? {} : { GlobalSecondaryIndexes: indexes }),
  };
  return { Resources: { Table: { Type: 'AWS::DynamoDB::Table', Properties } } };
}

/** Updates the stack and returns its status, with the reason if the table's update failed. */
async function update(body: object): Promise<string> {
  await client.send(new UpdateStackCommand({ StackName: 'indexes', TemplateBody: JSON.stringify(body) }));
  const { StackStatus = '' } = await ended(client, 'indexes');
  const failed = (await rawEvents(client, 'indexes')).filter((event) => event.ResourceStatus === 'UPDATE_FAILED');
  return StackStatus === 'UPDATE_COMPLETE' ? StackStatus : `${StackStatus}: ${failed.at(-1)?.ResourceStatusReason}`;
}

async function indexes(): Promise<string[]> {
  const { Table } = await new DynamoDBClient(account.client).send(new DescribeTableCommand({ TableName: 'indexed' }));
  return (Table?.GlobalSecondaryIndexes ?? []).map(({ IndexName, IndexStatus }) => `${IndexName} ${IndexStatus}`);
}

test('an update creates and deletes one index at a time and never changes one', async () => {
  await create(client, 'indexes', template([]));
  expect(await update(template(['room', 'name']))).toMatch(
    /^UPDATE_ROLLBACK_COMPLETE: Cannot perform more than one GSI creation or deletion in a single update/,
  );
  expect(await update(template(['room']))).toBe('UPDATE_COMPLETE');
  expect(await indexes()).toEqual(['by-room ACTIVE']);
  expect(await update(template(['room', 'name']))).toBe('UPDATE_COMPLETE');
  expect(await indexes()).toEqual(['by-room ACTIVE', 'by-name ACTIVE']);
  expect(await update(template(['room', 'name'], 'KEYS_ONLY'))).toMatch(
    /^UPDATE_ROLLBACK_COMPLETE: Cannot update GSI's properties/,
  );
  expect(await update(template(['name']))).toBe('UPDATE_COMPLETE');
  expect(await indexes()).toEqual(['by-name ACTIVE']);
});

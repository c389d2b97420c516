import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type TestAccount, testAccount } from '../../account.ts';
import { createTable } from '../create-table.ts';

export const TableName = 'connections';

/** An account for the tests of a file, with a table of connections whose index finds them by room. */
export async function testConnections(): Promise<{
  readonly account: TestAccount;
  readonly dynamodb: DynamoDBClient;
}> {
  const account = await testAccount();
  const dynamodb = new DynamoDBClient(account.client);
  await createTable(dynamodb, TableName, ['id'], {
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-room',
        KeySchema: [{ AttributeName: 'room', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  });
  return { account, dynamodb };
}

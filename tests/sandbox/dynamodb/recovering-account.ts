import {
  BatchWriteItemCommand,
  DescribeContinuousBackupsCommand,
  DynamoDBClient,
  UpdateContinuousBackupsCommand,
} from '@aws-sdk/client-dynamodb';
import { startTestAccount } from '../../account.ts';
import { createTable } from '../create-table.ts';

// An account in its own process that enables recovery for a large table and reports when it says that it is enabled, to
// be killed. Arguments: its folder, batches, items per batch.
const [, , folder = '', batches, perBatch] = process.argv;
const { client } = await startTestAccount({ folder });
const dynamodb = new DynamoDBClient(client);
const TableName = 'history';
await createTable(dynamodb, TableName);
for (let batch = 0; batch < Number(batches); batch += 1) {
  const items = Array.from({ length: Number(perBatch) }, (_, index) => ({
    PutRequest: { Item: { id: { S: `${batch}-${index}` }, text: { S: 'x'.repeat(30_000) } } },
  }));
  await dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: items } }));
}
void dynamodb.send(
  new UpdateContinuousBackupsCommand({
    TableName,
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
  }),
);
let status: string | undefined;
do {
  const { ContinuousBackupsDescription } = await dynamodb.send(new DescribeContinuousBackupsCommand({ TableName }));
  status = ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus;
} while (status !== 'ENABLED');
process.send?.('enabled');

import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { startTestAccount } from '../../account.ts';
import { createTable } from '../create-table.ts';

// An account in its own process that keeps writing and says which writes were acknowledged, to be killed. Arguments:
// its folder, and how often it was killed before.
const [, , folder = '', kill = '0'] = process.argv;
const { client } = await startTestAccount({ folder });
const dynamodb = new DynamoDBClient(client);
const TableName = 'written';
if (kill === '0') await createTable(dynamodb, TableName);
for (let index = 0; ; index += 1) {
  const id = `${kill}-${index}`;
  await dynamodb.send(new PutItemCommand({ TableName, Item: { id: { S: id }, text: { S: 'x'.repeat(500) } } }));
  process.stdout.write(`${id}\n`);
}

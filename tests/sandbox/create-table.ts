import {
  CreateTableCommand,
  type CreateTableCommandInput,
  type DynamoDBClient,
  type KeySchemaElement,
} from '@aws-sdk/client-dynamodb';

/**
 * Creates a table whose keys are strings: its own, one or two, and those of its indexes. `more` adds to the request.
 */
export async function createTable(
  dynamodb: DynamoDBClient,
  TableName: string,
  keys: readonly string[] = ['id'],
  more: Partial<CreateTableCommandInput> = {},
): Promise<void> {
  const inIndexes = more.GlobalSecondaryIndexes?.flatMap(({ KeySchema = [] }) => KeySchema.map(nameIn)) ?? [];
  const names = [...new Set([...keys, ...inIndexes])];
  await dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: keys.map((AttributeName, at) => ({ AttributeName, KeyType: at === 0 ? 'HASH' : 'RANGE' })),
      ...more,
    }),
  );
}

function nameIn({ AttributeName }: KeySchemaElement): string | undefined {
  return AttributeName;
}

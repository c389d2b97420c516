import type { CreateTableInput, CreateTableOutput, TableDescription } from '@aws-sdk/client-dynamodb';
import { tagging } from '../../../authorization/tagging.ts';
import { AwsError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { takeSettings } from '../settings.ts';
import { describe, saveRecord, tableName, tableResource } from '../table.ts';
import { withTags } from '../tags.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html */
export const createTable = operation<CreateTableInput, CreateTableOutput, 'tables' | 'store'>({
  resource: tableResource,
  alsoNeeds: (input, call) => tagging(input.Tags, 'dynamodb:TagResource', tableResource(input, call)),
  async run(input, call) {
    const Tags = withTags([], input.Tags);
    const { rest, settings } = takeSettings(input, { DeletionProtectionEnabled: false }, call);
    const named = { ...rest, TableName: tableName(input.TableName, call) };
    const made = (await call.tables.perform(call, 'CreateTable', named).catch((error) => {
      // dynalite's message is empty there.
      if (error?.code !== 'ResourceInUseException') throw error;
      throw new AwsError(error.code, `Table already exists: ${named.TableName}`);
    })) as { TableDescription: TableDescription };
    const { TableName = '', TableId = '' } = made.TableDescription;
    const record = { TableName, TableId, Tags, ...settings };
    await saveRecord(record, call);
    return { TableDescription: describe(made.TableDescription, record) };
  },
});

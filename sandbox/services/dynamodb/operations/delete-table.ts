import type { DeleteTableInput, DeleteTableOutput, TableDescription } from '@aws-sdk/client-dynamodb';
import { regional } from '../../../calls/context.ts';
import { AwsError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { forgetChanges } from '../changes.ts';
import { tableRecords } from '../records.ts';
import { describe, requireTable, tableResource } from '../table.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html */
export const deleteTable = operation<DeleteTableInput, DeleteTableOutput, 'tables' | 'store'>({
  resource: tableResource,
  async run(input, call) {
    const { table, record } = await requireTable(input.TableName, call);
    const { TableName = '' } = table;
    if (record.DeletionProtectionEnabled) {
      throw new AwsError(
        'ValidationException',
        'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
      );
    }
    const gone = (await call.tables.perform(call, 'DeleteTable', { TableName })) as {
      TableDescription: TableDescription;
    };
    await call.store.commit([tableRecords.remove(regional(call), TableName), ...forgetChanges(record, call)]);
    return { TableDescription: describe(gone.TableDescription, record) };
  },
});

import type { TableDescription, UpdateTableInput, UpdateTableOutput } from '@aws-sdk/client-dynamodb';
import { UnsupportedError } from '../../../errors.ts';
import { operation } from '../../../operation.ts';
import { takeSettings } from '../settings.ts';
import { describe, recordOf, requireTable, saveRecord, tableResource } from '../table.ts';
import type { Tables } from '../tables.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html */
export const updateTable = operation<UpdateTableInput, UpdateTableOutput, 'tables' | 'store'>({
  resource: tableResource,
  async run(input, call) {
    if (input.GlobalSecondaryIndexUpdates?.some(({ Update }) => Update === undefined)) {
      throw new UnsupportedError('making or deleting an index of a DynamoDB table that is there');
    }
    const { table, record } = await requireTable(input.TableName, call);
    const { rest, settings } = takeSettings(input, record, call);
    const onlySettings = Object.keys(rest).every((name) => name === 'TableName');
    const isEmpty = onlySettings && Object.keys(input).length === 1;
    const updated =
      onlySettings && !isEmpty ? table : await update({ ...rest, TableName: table.TableName }, call.tables, call);
    const { encryption: _encryption, ...kept } = recordOf(table, call);
    const changed = { ...kept, ...settings };
    await saveRecord(changed, call);
    return { TableDescription: describe(updated, changed) };
  },
});

async function update(
  input: object,
  tables: Tables,
  scope: { readonly accountId: string; readonly region: string },
): Promise<TableDescription> {
  return ((await tables.perform(scope, 'UpdateTable', input)) as { TableDescription: TableDescription })
    .TableDescription;
}

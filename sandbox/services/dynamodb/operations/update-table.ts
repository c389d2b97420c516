import { isDeepStrictEqual } from 'node:util';
import type { TableDescription, UpdateTableInput, UpdateTableOutput } from '@aws-sdk/client-dynamodb';
import { UnsupportedError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { takeSettings } from '../settings.ts';
import { describe, recordOf, requireTable, saveRecord, tableResource } from '../table.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html */
export const updateTable = operation<UpdateTableInput, UpdateTableOutput, 'tables' | 'store'>({
  resource: tableResource,
  async run(input, call) {
    if (input.GlobalSecondaryIndexUpdates?.some(({ Update }) => Update === undefined)) {
      throw new UnsupportedError('making or deleting an index of a DynamoDB table that is there');
    }
    const { table, record } = await requireTable(input.TableName, call);
    const { rest, settings } = takeSettings(input, record, call);
    const { TableName: _name, AttributeDefinitions, ...throughput } = rest;
    if (AttributeDefinitions !== undefined && !isDeepStrictEqual(AttributeDefinitions, table.AttributeDefinitions)) {
      throw new UnsupportedError('new AttributeDefinitions for a DynamoDB table that is there');
    }
    // dynalite rejects an update of nothing, as DynamoDB does; but members that it doesn't know aren't nothing.
    const isForDynalite = Object.keys(throughput).length > 0 || Object.keys(input).length === 1;
    const { TableDescription } = isForDynalite
      ? ((await call.tables.perform(call, 'UpdateTable', { ...throughput, TableName: table.TableName })) as {
          TableDescription: TableDescription;
        })
      : { TableDescription: table };
    const { encryption: _encryption, ...kept } = recordOf(table, call);
    const changed = { ...kept, ...settings };
    await saveRecord(changed, call);
    return { TableDescription: describe(TableDescription, changed) };
  },
});

import { isDeepStrictEqual } from 'node:util';
import type { TableDescription, UpdateTableInput, UpdateTableOutput } from '@aws-sdk/client-dynamodb';
import { UnsupportedError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { changesIndexes } from '../requested-index.ts';
import { takeSettings } from '../settings.ts';
import { describe, recordOf, requireTable, saveRecord, tableResource } from '../table.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html */
export const updateTable = operation<UpdateTableInput, UpdateTableOutput, 'tables' | 'store'>({
  resource: tableResource,
  async run(input, call) {
    const { table, record } = await requireTable(input.TableName, call);
    const { rest, settings } = takeSettings(input, record, call);
    const { TableName: _name, AttributeDefinitions, GlobalSecondaryIndexUpdates, ...capacity } = rest;
    const { TableName } = table;
    const perform = async (name: string, asked: object) =>
      ((await call.tables.perform(call, name, { ...asked, TableName })) as { TableDescription: TableDescription })
        .TableDescription;
    let latest = table;
    if (changesIndexes(input)) {
      const { ProvisionedThroughput } = capacity;
      latest = await perform('UpdateIndex', {
        AttributeDefinitions,
        GlobalSecondaryIndexUpdates,
        ProvisionedThroughput,
      });
    } else if (
      AttributeDefinitions !== undefined &&
      !isDeepStrictEqual(AttributeDefinitions, table.AttributeDefinitions)
    ) {
      throw new UnsupportedError('new AttributeDefinitions for a DynamoDB table that is there');
    } else if (GlobalSecondaryIndexUpdates !== undefined) {
      Object.assign(capacity, { GlobalSecondaryIndexUpdates });
    }
    // dynalite rejects an update of nothing, as DynamoDB does; but members that it doesn't know aren't nothing.
    if (Object.keys(capacity).length > 0 || Object.keys(input).length === 1) {
      latest = await perform('UpdateTable', capacity);
    }
    const { encryption: _encryption, ...kept } = recordOf(table, call);
    const changed = { ...kept, ...settings };
    await saveRecord(changed, call);
    return { TableDescription: describe(latest, changed) };
  },
});

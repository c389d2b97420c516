import { isDeepStrictEqual } from 'node:util';
import type { TableDescription, UpdateTableInput, UpdateTableOutput } from '@aws-sdk/client-dynamodb';
import { UnsupportedError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { requestedChange } from '../index-change.ts';
import { takeSettings } from '../settings.ts';
import { describe, recordOf, requireTable, saveRecord, tableResource } from '../table.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html */
export const updateTable = operation<UpdateTableInput, UpdateTableOutput, 'tables' | 'store'>({
  resource: tableResource,
  async run(input, call) {
    const { table, record } = await requireTable(input.TableName, call);
    const { rest, settings } = takeSettings(input, record, call);
    const { TableName: _name, AttributeDefinitions, GlobalSecondaryIndexUpdates, ...others } = rest;
    const change = requestedChange(input, table);
    if (
      change === undefined &&
      AttributeDefinitions !== undefined &&
      !isDeepStrictEqual(AttributeDefinitions, table.AttributeDefinitions)
    ) {
      throw new UnsupportedError('new AttributeDefinitions for a DynamoDB table that is there');
    }
    const perform = async (name: string, asked: object) =>
      ((await call.tables.perform(call, name, asked)) as { TableDescription: TableDescription }).TableDescription;
    let changed = table;
    const capacities = GlobalSecondaryIndexUpdates?.filter(({ Update }) => Update !== undefined) ?? [];
    const throughput = capacities.length > 0 ? { ...others, GlobalSecondaryIndexUpdates: capacities } : others;
    // dynalite rejects an update of nothing, as DynamoDB does; but members that it doesn't know aren't nothing.
    if (Object.keys(throughput).length > 0 || Object.keys(input).length === 1)
      changed = await perform('UpdateTable', { ...throughput, TableName: table.TableName });
    if (change !== undefined) changed = await perform('ChangeIndex', change);
    const { encryption: _encryption, ...kept } = recordOf(table, call);
    const saved = { ...kept, ...settings };
    await saveRecord(saved, call);
    return { TableDescription: describe(changed, saved) };
  },
});

import type { DescribeTableInput, DescribeTableOutput } from '@aws-sdk/client-dynamodb';
import { operation } from '../../../calls/operation.ts';
import { describe, requireTable, tableResource } from '../table.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html */
export const describeTable = operation<DescribeTableInput, DescribeTableOutput, 'tables' | 'store'>({
  resource: tableResource,
  async run({ TableName }, call) {
    const { table, record } = await requireTable(TableName, call);
    return { Table: describe(table, record) };
  },
});

import type { DescribeTimeToLiveInput, DescribeTimeToLiveOutput } from '@aws-sdk/client-dynamodb';
import { operation } from '../../../calls/operation.ts';
import { requireTable, tableResource } from '../table.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTimeToLive.html */
export const describeTimeToLive = operation<DescribeTimeToLiveInput, DescribeTimeToLiveOutput, 'tables' | 'store'>({
  resource: tableResource,
  async run({ TableName }, call) {
    const { timeToLive } = (await requireTable(TableName, call)).record;
    return {
      TimeToLiveDescription:
        timeToLive === undefined
          ? { TimeToLiveStatus: 'DISABLED' }
          : { TimeToLiveStatus: 'ENABLED', AttributeName: timeToLive },
    };
  },
});

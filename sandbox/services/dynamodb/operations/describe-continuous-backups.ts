import type { DescribeContinuousBackupsInput, DescribeContinuousBackupsOutput } from '@aws-sdk/client-dynamodb';
import { operation } from '../../../calls/operation.ts';
import { describeBackups, requireBackedUp } from '../continuous-backups.ts';
import { tableResource } from '../table.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html */
export const describeContinuousBackups = operation<
  DescribeContinuousBackupsInput,
  DescribeContinuousBackupsOutput,
  'tables' | 'store' | 'clock' | 'weather'
>({
  resource: tableResource,
  async run({ TableName }, call) {
    const { record } = await requireBackedUp(TableName, call);
    return { ContinuousBackupsDescription: describeBackups(record, call) };
  },
});

import type { UpdateTimeToLiveInput, UpdateTimeToLiveOutput } from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { recordOf, requireTable, saveRecord, tableResource } from '../table.ts';

/**
 * Expired items aren't deleted: AWS only promises that within some days, and asks readers to check the attribute
 * (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html).
 */
export const updateTimeToLive = operation<UpdateTimeToLiveInput, UpdateTimeToLiveOutput, 'tables' | 'store'>({
  resource: tableResource,
  async run({ TableName, TimeToLiveSpecification }, call) {
    const { Enabled, AttributeName } = TimeToLiveSpecification ?? {};
    if (Enabled === undefined || !AttributeName) {
      throw new AwsError(
        'ValidationException',
        "1 validation error detected: Value at 'timeToLiveSpecification' failed to satisfy constraint: Member must not be null",
      );
    }
    const { timeToLive, ...record } = recordOf((await requireTable(TableName, call)).table, call);
    if (timeToLive !== undefined && timeToLive !== AttributeName) {
      throw new AwsError(
        'ValidationException',
        `TimeToLive is active on a different AttributeName: current AttributeName is ${timeToLive}`,
      );
    }
    if (Enabled === (timeToLive !== undefined)) {
      throw new AwsError('ValidationException', `TimeToLive is already ${Enabled ? 'enabled' : 'disabled'}`);
    }
    await saveRecord(Enabled ? { ...record, timeToLive: AttributeName } : record, call);
    return { TimeToLiveSpecification: { Enabled, AttributeName } };
  },
});

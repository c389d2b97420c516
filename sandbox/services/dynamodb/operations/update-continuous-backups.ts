import type { UpdateContinuousBackupsInput, UpdateContinuousBackupsOutput } from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { describeBackups, requireBackedUp } from '../continuous-backups.ts';
import { saveRecord, tableResource } from '../table.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html */
export const updateContinuousBackups = operation<
  UpdateContinuousBackupsInput,
  UpdateContinuousBackupsOutput,
  'tables' | 'store' | 'clock'
>({
  resource: tableResource,
  async run({ TableName, PointInTimeRecoverySpecification }, call) {
    const { PointInTimeRecoveryEnabled, RecoveryPeriodInDays = 35 } = PointInTimeRecoverySpecification ?? {};
    if (PointInTimeRecoveryEnabled === undefined || RecoveryPeriodInDays < 1 || RecoveryPeriodInDays > 35) {
      throw new AwsError(
        'ValidationException',
        "1 validation error detected: Value at 'pointInTimeRecoverySpecification' failed to satisfy constraint: it must say whether point-in-time recovery is enabled, and for 1 to 35 days",
      );
    }
    const { pointInTimeRecovery, ...record } = await requireBackedUp(TableName, call);
    const since = pointInTimeRecovery?.since ?? call.clock.now().toISOString();
    const changed = PointInTimeRecoveryEnabled
      ? { ...record, pointInTimeRecovery: { since, RecoveryPeriodInDays } }
      : record;
    await saveRecord(changed, call);
    return { ContinuousBackupsDescription: describeBackups(changed, call.clock.now()) };
  },
});

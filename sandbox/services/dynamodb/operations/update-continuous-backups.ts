import type { UpdateContinuousBackupsInput, UpdateContinuousBackupsOutput } from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { forgetChanges, keepAll } from '../changes.ts';
import { describeBackups, requireBackedUp } from '../continuous-backups.ts';
import { saveRecord, tableResource } from '../table.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html */
export const updateContinuousBackups = operation<
  UpdateContinuousBackupsInput,
  UpdateContinuousBackupsOutput,
  'tables' | 'store' | 'clock' | 'weather'
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
    const { table, record: before } = await requireBackedUp(TableName, call);
    const { pointInTimeRecovery, ...record } = before;
    if (!PointInTimeRecoveryEnabled) {
      await saveRecord(record, call, forgetChanges(record, call));
      return { ContinuousBackupsDescription: describeBackups(record, call) };
    }
    if (pointInTimeRecovery !== undefined && !pointInTimeRecovery.isStarting) {
      const changed = { ...record, pointInTimeRecovery: { ...pointInTimeRecovery, RecoveryPeriodInDays } };
      await saveRecord(changed, call);
      return { ContinuousBackupsDescription: describeBackups(changed, call) };
    }
    // From here on, writes are recorded, so nothing is lost between them and the items that exist already.
    const starting = { since: call.clock.now().toISOString(), RecoveryPeriodInDays, isStarting: true as const };
    await saveRecord({ ...record, pointInTimeRecovery: starting }, call);
    await keepAll(record, table, call);
    // That took a while: the table may have been changed or deleted, or recovery disabled again.
    const { record: now } = await requireBackedUp(TableName, call);
    if (now.TableId === record.TableId && now.pointInTimeRecovery?.since === starting.since) {
      const since = call.clock.now().toISOString();
      const enabled = { ...now, pointInTimeRecovery: { since, RecoveryPeriodInDays } };
      await saveRecord(enabled, call);
      return { ContinuousBackupsDescription: describeBackups(enabled, call) };
    }
    return { ContinuousBackupsDescription: describeBackups(now, call) };
  },
});

import type { ContinuousBackupsDescription } from '@aws-sdk/client-dynamodb';
import type { Call } from '../../calls/context.ts';
import { AwsError } from '../../calls/errors.ts';
import type { TableRecord } from './records.ts';
import { recordOf, requireTable } from './table.ts';

/** A table's record. Rejects with TableNotFoundException, which only the backup operations have. */
export async function requireBackedUp(name: string | undefined, call: Call<'tables' | 'store'>): Promise<TableRecord> {
  try {
    return recordOf((await requireTable(name, call)).table, call);
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'ResourceNotFoundException') throw error;
    throw new AwsError('TableNotFoundException', `Table not found: ${name}`);
  }
}

/** A table's backups in responses; restorable from 35 days ago until five minutes ago. */
export function describeBackups({ pointInTimeRecovery }: TableRecord, now: Date): ContinuousBackupsDescription {
  if (pointInTimeRecovery === undefined) {
    return {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' },
    };
  }
  const { since, RecoveryPeriodInDays } = pointInTimeRecovery;
  const earliest = Math.max(Date.parse(since), now.getTime() - RecoveryPeriodInDays * 86_400_000);
  return {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription: {
      PointInTimeRecoveryStatus: 'ENABLED',
      RecoveryPeriodInDays,
      EarliestRestorableDateTime: new Date(earliest),
      LatestRestorableDateTime: new Date(Math.max(earliest, now.getTime() - 300_000)),
    },
  };
}

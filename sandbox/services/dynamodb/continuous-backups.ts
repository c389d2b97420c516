import type { ContinuousBackupsDescription, TableDescription } from '@aws-sdk/client-dynamodb';
import type { Call } from '../../calls/context.ts';
import { AwsError } from '../../calls/errors.ts';
import type { TableRecord } from './records.ts';
import { requireTable } from './table.ts';

const DAY = 86_400_000;

/**
 * How far the latest restorable time lags behind, in milliseconds, with AWS's weather: "typically 5 minutes before the
 * current time" (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html). In
 * calm weather it doesn't, so nobody has to wait.
 */
const BEHIND = 300_000;

/** Returns a table and its record. Rejects with TableNotFoundException, which only the backup operations have. */
export async function requireBackedUp(
  name: string | undefined,
  call: Call<'tables' | 'store'>,
): Promise<{ table: TableDescription; record: TableRecord }> {
  try {
    return await requireTable(name, call);
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'ResourceNotFoundException') throw error;
    throw new AwsError('TableNotFoundException', `Table not found: ${name}`);
  }
}

/** Returns the restorable times of a table; undefined if it has no point-in-time recovery. */
export function restorable(
  { pointInTimeRecovery }: TableRecord,
  { clock, weather }: Pick<Call<'clock' | 'weather'>, 'clock' | 'weather'>,
): { readonly earliest: number; readonly latest: number } | undefined {
  if (pointInTimeRecovery === undefined || pointInTimeRecovery.isStarting) return undefined;
  const { since, RecoveryPeriodInDays } = pointInTimeRecovery;
  const now = clock.now().getTime();
  const earliest = Math.max(Date.parse(since), now - RecoveryPeriodInDays * DAY);
  const { forecast } = weather;
  return { earliest, latest: Math.max(earliest, forecast === undefined ? now : now - BEHIND / forecast.scale) };
}

/** A table's backups as answers have them. */
export function describeBackups(
  record: TableRecord,
  call: Pick<Call<'clock' | 'weather'>, 'clock' | 'weather'>,
): ContinuousBackupsDescription {
  const times = restorable(record, call);
  return {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription:
      times === undefined
        ? { PointInTimeRecoveryStatus: 'DISABLED' }
        : {
            PointInTimeRecoveryStatus: 'ENABLED',
            RecoveryPeriodInDays: record.pointInTimeRecovery?.RecoveryPeriodInDays,
            EarliestRestorableDateTime: new Date(times.earliest),
            LatestRestorableDateTime: new Date(times.latest),
          },
  };
}

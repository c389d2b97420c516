import type { Subject } from '../../checking/check.ts';
import { isTable } from '../../observe/tables.ts';

/** A table of the stack, and how far back it can be restored. */
export interface RecoverableTable {
  readonly name: string;
  readonly logicalId: string;
  /** Whether another template declares it: of a nested stack, or one that this one imports from. */
  readonly isElsewhere: boolean;
  /** Undefined without point-in-time recovery. */
  readonly days?: number;
  /** Whether it has deletion protection. */
  readonly isProtected: boolean;
}

/** The default recovery period, in days. */
const USUAL_DAYS = 35;

/** DescribeContinuousBackups: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html */
export async function observeTables({
  target,
  resources,
}: Pick<Subject, 'target' | 'resources'>): Promise<RecoverableTable[]> {
  const [client, { DescribeContinuousBackupsCommand, DescribeTableCommand }] = await Promise.all([
    target.clients.dynamodb(),
    import('../../aws/sdk/dynamodb.ts'),
  ]);
  const tables = resources.filter(isTable);
  return Promise.all(
    tables.map(async ({ physicalId: name, logicalId, stack }) => {
      const [{ ContinuousBackupsDescription }, { Table }] = await Promise.all([
        client.send(new DescribeContinuousBackupsCommand({ TableName: name })),
        client.send(new DescribeTableCommand({ TableName: name })),
      ]);
      const { PointInTimeRecoveryStatus, RecoveryPeriodInDays = USUAL_DAYS } =
        ContinuousBackupsDescription?.PointInTimeRecoveryDescription ?? {};
      return {
        name,
        logicalId,
        isElsewhere: stack !== undefined,
        days: PointInTimeRecoveryStatus === 'ENABLED' ? RecoveryPeriodInDays : undefined,
        isProtected: Table?.DeletionProtectionEnabled === true,
      };
    }),
  );
}

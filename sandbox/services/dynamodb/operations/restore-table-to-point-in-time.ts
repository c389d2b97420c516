import type {
  AttributeValue,
  CreateTableInput,
  RestoreTableToPointInTimeInput,
  RestoreTableToPointInTimeOutput,
  TableDescription,
} from '@aws-sdk/client-dynamodb';
import type { Call } from '../../../calls/context.ts';
import { AwsError, UnsupportedError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { itemsAt } from '../changes.ts';
import { requireBackedUp, restorable } from '../continuous-backups.ts';
import { describe, requireTable, restoreSummary, saveRecord, tableArn, tableName, tableResource } from '../table.ts';

type Needs = 'tables' | 'store' | 'clock' | 'weather';

/** The permissions that the caller needs on the new table (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/backuprestore_IAM.html). */
const onTarget = ['BatchWriteItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'Scan', 'UpdateItem'];

/** The most items in one BatchWriteItem. */
const BATCH = 25;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableToPointInTime.html */
export const restoreTableToPointInTime = operation<
  RestoreTableToPointInTimeInput,
  RestoreTableToPointInTimeOutput,
  Needs
>({
  resource: (input, call) => tableResource({ TableName: sourceOf(input) }, call),
  alsoNeeds: ({ TargetTableName }, call) =>
    onTarget.map((name) => ({ action: `dynamodb:${name}`, resource: tableArn(TargetTableName, call) })),
  async run(input, call) {
    const { TargetTableName } = input;
    refuseOverrides(input);
    const { table: source, record } = await requireBackedUp(sourceOf(input), call);
    const times = restorable(record, call);
    if (times === undefined) {
      throw new AwsError(
        'PointInTimeRecoveryUnavailableException',
        `Point in time recovery is not enabled for table '${record.TableName}'`,
      );
    }
    const time = timeOf(input, times);
    const TableName = tableName(TargetTableName, call);
    if (await isThere(TableName, call)) {
      throw new AwsError('TableAlreadyExistsException', `Table already exists: ${TableName}`);
    }
    const { TableDescription: made } = (await call.tables.perform(call, 'CreateTable', {
      ...shapeOf(source, input),
      TableName,
    })) as { TableDescription: TableDescription };
    await putAll(TableName, itemsAt(record, time, call), call);
    const restored = { SourceTableArn: source.TableArn ?? '', RestoreDateTime: new Date(time).toISOString() };
    const target = {
      TableName: TableName ?? '',
      TableId: made.TableId ?? '',
      // Tags, deletion protection, time to live and recovery are not restored.
      Tags: [],
      DeletionProtectionEnabled: false,
      encryption: record.encryption,
      restored,
    };
    await saveRecord(target, call);
    // Takes minutes on AWS, so no client expects the table to be ready.
    return { TableDescription: { ...describe(made, target), RestoreSummary: restoreSummary(restored, true) } };
  },
});

function sourceOf({ SourceTableArn, SourceTableName }: RestoreTableToPointInTimeInput): string | undefined {
  return SourceTableArn ?? SourceTableName;
}

function refuseOverrides(input: RestoreTableToPointInTimeInput): void {
  for (const name of ['SSESpecificationOverride', 'OnDemandThroughputOverride'] as const) {
    if (input[name] !== undefined) throw new UnsupportedError(`${name} of RestoreTableToPointInTime`);
  }
}

/** Returns the time to restore to, in milliseconds. On the wire it is in seconds. */
function timeOf(
  { RestoreDateTime, UseLatestRestorableTime }: RestoreTableToPointInTimeInput,
  { earliest, latest }: { readonly earliest: number; readonly latest: number },
): number {
  if ((RestoreDateTime === undefined) === (UseLatestRestorableTime !== true)) {
    throw new AwsError(
      'ValidationException',
      'One or more parameter values were invalid: Exactly one of RestoreDateTime and UseLatestRestorableTime must be given',
    );
  }
  if (RestoreDateTime === undefined) return latest;
  const time = Number(RestoreDateTime) * 1000;
  // Some clients show the earliest time in whole seconds, so this accepts it rounded.
  if (!(time >= Math.floor(earliest / 1000) * 1000 && time <= latest)) {
    throw new AwsError(
      'InvalidRestoreTimeException',
      'An invalid restore time was specified. RestoreDateTime must be between EarliestRestorableDateTime and LatestRestorableDateTime.',
    );
  }
  return Math.max(time, earliest);
}

async function isThere(name: string | undefined, call: Call<'tables' | 'store'>): Promise<boolean> {
  try {
    await requireTable(name, call);
    return true;
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ResourceNotFoundException') return false;
    throw error;
  }
}

/** Returns keys, indexes and capacity for CreateTable: the source table's, unless the request overrides them. */
function shapeOf(source: TableDescription, input: RestoreTableToPointInTimeInput): Omit<CreateTableInput, 'TableName'> {
  const BillingMode = input.BillingModeOverride ?? source.BillingModeSummary?.BillingMode ?? 'PROVISIONED';
  const isProvisioned = BillingMode === 'PROVISIONED';
  const capacity = ({ ProvisionedThroughput }: Pick<TableDescription, 'ProvisionedThroughput'>) => {
    const { ReadCapacityUnits, WriteCapacityUnits } = ProvisionedThroughput ?? {};
    return isProvisioned ? { ProvisionedThroughput: { ReadCapacityUnits, WriteCapacityUnits } } : {};
  };
  const globals =
    input.GlobalSecondaryIndexOverride ??
    source.GlobalSecondaryIndexes?.map(({ IndexName, KeySchema, Projection, ...index }) => ({
      IndexName,
      KeySchema,
      Projection,
      ...capacity(index),
    }));
  const locals =
    input.LocalSecondaryIndexOverride ??
    source.LocalSecondaryIndexes?.map(({ IndexName, KeySchema, Projection }) => ({ IndexName, KeySchema, Projection }));
  const keys = new Set(
    [source, ...(globals ?? []), ...(locals ?? [])].flatMap(({ KeySchema = [] }) =>
      KeySchema.map(({ AttributeName }) => AttributeName),
    ),
  );
  return {
    KeySchema: source.KeySchema,
    AttributeDefinitions: source.AttributeDefinitions?.filter(({ AttributeName }) => keys.has(AttributeName)),
    BillingMode,
    ...(input.ProvisionedThroughputOverride === undefined
      ? capacity(source)
      : { ProvisionedThroughput: input.ProvisionedThroughputOverride }),
    ...(globals === undefined || globals.length === 0 ? {} : { GlobalSecondaryIndexes: globals }),
    ...(locals === undefined || locals.length === 0 ? {} : { LocalSecondaryIndexes: locals }),
  } as Omit<CreateTableInput, 'TableName'>;
}

async function putAll(
  TableName: string | undefined,
  items: ReadonlyArray<Readonly<Record<string, AttributeValue>>>,
  call: Call<'tables'>,
): Promise<void> {
  if (TableName === undefined) return;
  for (let first = 0; first < items.length; first += BATCH) {
    const requests = items.slice(first, first + BATCH).map((Item) => ({ PutRequest: { Item } }));
    await call.tables.perform(call, 'BatchWriteItem', { RequestItems: { [TableName]: requests } });
  }
}

import type { RestoreSummary, TableDescription } from '@aws-sdk/client-dynamodb';
import { type Call, regional } from '../../calls/context.ts';
import { AwsError } from '../../calls/errors.ts';
import type { Write } from '../../state/store.ts';
import { type TableRecord, tableRecords } from './records.ts';

/** The longest `TableName`, which may be an ARN (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html). */
const longestName = 1024;

/** A table's ARN, from its name or its ARN, which AWS accepts instead. Throws if that is too long. */
export function tableArn(
  name: string | undefined,
  { accountId, region }: Pick<Call<never>, 'accountId' | 'region'>,
): string {
  if (name !== undefined && name.length > longestName) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value at 'tableName' failed to satisfy constraint: Member must have length less than or equal to ${longestName}`,
    );
  }
  if (name?.startsWith('arn:')) return name;
  return `arn:aws:dynamodb:${region}:${accountId}:table/${name ?? '*'}`;
}

/** The resource on which an operation on a table is authorized. */
export function tableResource({ TableName }: { readonly TableName?: string | undefined }, call: Call<never>): string {
  return tableArn(TableName, call);
}

/** Like `tableResource`, for an operation that can read an index. */
export function indexResource(
  { TableName, IndexName }: { readonly TableName?: string | undefined; readonly IndexName?: string | undefined },
  call: Call<never>,
): string {
  const arn = tableArn(TableName, call);
  return IndexName === undefined ? arn : `${arn}/index/${IndexName}`;
}

/** Returns the table name from a name or ARN. Throws ResourceNotFoundException for another account or region. */
export function tableName(given: string | undefined, call: Call<never>): string | undefined {
  if (given === undefined || !given.startsWith('arn:')) return given;
  const prefix = tableArn('', call);
  if (given.startsWith(prefix)) return given.slice(prefix.length);
  throw new AwsError('ResourceNotFoundException', `Requested resource not found: Table: ${given} not found`);
}

/** The table as dynalite describes it, with our data about it. Rejects with ResourceNotFoundException. */
export async function requireTable(
  given: string | undefined,
  call: Call<'tables' | 'store'>,
): Promise<{ table: TableDescription; record: TableRecord }> {
  const TableName = tableName(given, call);
  const { Table } = (await call.tables.perform(call, 'DescribeTable', { TableName })) as { Table: TableDescription };
  return { table: Table, record: recordOf(Table, call) };
}

/** Our data about a table; defaults if the account ended before it was written. */
export function recordOf(table: TableDescription, call: Call<'store'>): TableRecord {
  const { TableName = '', TableId = '' } = table;
  const record = tableRecords.get(call.store, regional(call), TableName);
  if (record?.TableId === TableId) return record;
  return { TableName, TableId, Tags: [], DeletionProtectionEnabled: false };
}

/** Saves a table's record, together with other writes. */
export async function saveRecord(
  record: TableRecord,
  call: Call<'store'>,
  others: readonly Write[] = [],
): Promise<void> {
  await call.store.commit([tableRecords.put(regional(call), record.TableName, record), ...others]);
}

/** A table in responses. */
export function describe(
  table: TableDescription,
  { DeletionProtectionEnabled, encryption, restored }: TableRecord,
): TableDescription {
  // A member that dynalite has but AWS doesn't.
  const { TableThroughputModeSummary: _summary, ...plain } = table as TableDescription & {
    TableThroughputModeSummary?: object;
  };
  return {
    ...plain,
    DeletionProtectionEnabled,
    SSEDescription: encryption && { Status: 'ENABLED', ...encryption },
    RestoreSummary: restored && restoreSummary(restored, false),
  };
}

/** Returns the part of a restored table's description about the restore. */
export function restoreSummary(
  { SourceTableArn, RestoreDateTime }: NonNullable<TableRecord['restored']>,
  RestoreInProgress: boolean,
): RestoreSummary {
  return { SourceTableArn, RestoreDateTime: new Date(RestoreDateTime), RestoreInProgress };
}

import type { Subject } from '../checking/check.ts';
import { keysOf, type Row, rowsIn, tablesOf } from './rows.ts';
import { textsIn } from './texts.ts';

/** A table of the stack, such as the one with a row per connection. */
export interface RoomTable {
  readonly name: string;
  /** The names of its key attributes. */
  readonly keys: readonly string[];
}

/** A row, and its table. */
export interface StoredRow {
  readonly table: RoomTable;
  readonly row: Row;
}

/** Returns the stack's tables, without those that somebody deleted. */
export async function roomTables(subject: Pick<Subject, 'target' | 'resources'>): Promise<RoomTable[]> {
  const tables = tablesOf(subject).map(async (name) => ({ name, keys: await keysOf(subject, name) }));
  return (await Promise.all(tables)).filter(({ keys }) => keys.length > 0);
}

/** Returns the rows of the stack's tables that have one of these names. */
export async function rowsNamed(
  subject: Pick<Subject, 'target' | 'resources'>,
  names: readonly string[],
): Promise<StoredRow[]> {
  const tables = (await roomTables(subject)).map(async (table) =>
    (await rowsIn(subject, table.name)).flatMap((row) =>
      textsIn(row).some((text) => names.includes(text)) ? { table, row } : [],
    ),
  );
  return (await Promise.all(tables)).flat();
}

/** Returns the keys of all rows of a table as strings, by pages of a scan, in scan order. */
export async function pagesPresent({ target }: Pick<Subject, 'target'>, table: RoomTable): Promise<string[][]> {
  const [client, { paginateScan }] = await Promise.all([target.clients.dynamodb(), import('../aws/sdk/dynamodb.ts')]);
  const names = table.keys.map((key, index): [string, string] => [`#k${index}`, key]);
  // A page ends at 1 MB of stored rows, however little of them is requested.
  const scan = {
    TableName: table.name,
    ConsistentRead: true,
    ProjectionExpression: names.map(([short]) => short).join(', '),
    ExpressionAttributeNames: Object.fromEntries(names),
  };
  const pages: string[][] = [];
  for await (const { Items = [] } of paginateScan({ client }, scan)) pages.push(Items.map((row) => keyOf(row, table)));
  return pages;
}

/** Returns the keys of all rows of a table as strings, in scan order. */
export async function keysPresent(subject: Pick<Subject, 'target'>, table: RoomTable): Promise<string[]> {
  return (await pagesPresent(subject, table)).flat();
}

/** Returns a row's key as a string. */
export function keyOf(row: Row, { keys }: RoomTable): string {
  return JSON.stringify(keys.map((key) => row[key]));
}

/** Returns a row's table and key as a string. */
export function inTable({ table, row }: StoredRow): string {
  return `${table.name} ${keyOf(row, table)}`;
}

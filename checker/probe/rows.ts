import { setTimeout as wait } from 'node:timers/promises';
import type { AttributeValue, WriteRequest } from '@aws-sdk/client-dynamodb';
import type { Subject } from '../checking/check.ts';
import { isNotFound } from '../failures/failure.ts';
import { isTable } from '../observe/tables.ts';
import { leftovers, namesElsewhere, namesInUse } from './notes.ts';
import { isForgotten } from './tag.ts';
import { textsIn } from './texts.ts';
import { longBefore } from './times.ts';
import { writeAll } from './write-all.ts';

/** How long the room has to remove its visitors' rows itself, in milliseconds. */
const GRACE = { practice: 3_000, aws: 10_000 } as const;

/** When no function has been running for this long, in milliseconds, the room removes nothing more. */
const RESTED = 50;

/** How much older a visitor's row is made, in milliseconds: less than API Gateway's longest connection. */
const AGE = 75 * 60_000;

/** A row of a table, in DynamoDB's format. */
export type Row = Record<string, AttributeValue>;

/**
 * Waits until the room has removed the rows of a visit from the stack's tables, as it does when somebody leaves.
 * Deletes those that remain, and old ones with a visitor's tag.
 */
export async function sweepRows(
  subject: Pick<Subject, 'root' | 'lab' | 'target' | 'resources'>,
  names: ReadonlySet<string>,
): Promise<void> {
  await Promise.all(tablesOf(subject).map((table) => sweepTable(subject, table, names)));
}

/**
 * Removes the rows that killed commands, and checks that couldn't remove them, left in the stack's tables. Returns a
 * function that drops the notes of them.
 */
export async function sweepLeftRows(
  subject: Pick<Subject, 'root' | 'lab' | 'target' | 'resources'>,
): Promise<() => Promise<void>> {
  const { names, drop } = await leftovers(subject, 'visits');
  if (names.length === 0) return drop;
  const noted = new Set(names);
  await Promise.all(
    tablesOf(subject).map(async (table) => {
      const rows = await rowsIn(subject, table);
      // Read after the table: visitors of a check that is running noted their names before they got a row.
      const used = await namesInUse(subject, 'visits');
      const left = rows.filter((row) => textsIn(row).some((text) => noted.has(text) && !used.has(text)));
      await removeRows(subject, table, left);
    }),
  );
  return drop;
}

/** Returns the rows of a table of the stack; none if somebody deleted it. */
export async function rowsIn({ target }: Pick<Subject, 'target'>, table: string): Promise<Row[]> {
  const [client, { paginateScan }] = await Promise.all([target.clients.dynamodb(), import('../aws/sdk/dynamodb.ts')]);
  const rows: Row[] = [];
  try {
    for await (const page of paginateScan({ client }, { TableName: table, ConsistentRead: true }))
      rows.push(...(page.Items ?? []));
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  return rows;
}

/** Returns the names of the stack's tables. */
export function tablesOf({ resources }: Pick<Subject, 'resources'>): string[] {
  return resources.filter(isTable).map(({ physicalId }) => physicalId);
}

/** How long people who left may still be in the tables, in milliseconds. */
const STILL_THERE = { practice: 2_000, aws: 10_000 } as const;

/** Waits until no row has the names of these people, who left. A room can keep some for other purposes. */
export async function untilForgotten(
  subject: Pick<Subject, 'target' | 'resources' | 'signal'>,
  names: readonly string[],
): Promise<void> {
  const deadline = Date.now() + STILL_THERE[subject.target.kind];
  for (let pause = 20; Date.now() < deadline; pause *= 2) {
    const tables = await Promise.all(tablesOf(subject).map((table) => rowsIn(subject, table)));
    if (!tables.flat().some((row) => textsIn(row).some((text) => names.includes(text)))) return;
    await wait(pause, undefined, { signal: subject.signal });
  }
}

/** Deletes a visitor's rows from the stack's tables. Returns how many there were. */
export async function deleteRowsOf(subject: Pick<Subject, 'target' | 'resources'>, name: string): Promise<number> {
  let count = 0;
  for (const table of tablesOf(subject)) {
    const own = (await rowsIn(subject, table)).filter((row) => textsIn(row).includes(name));
    count += own.length;
    await removeRows(subject, table, own);
  }
  return count;
}

/**
 * Makes a visitor's row look old: every recent time in it is set back by `age`, in milliseconds. A room must not drop
 * people because they connected long ago.
 */
export async function makeOld(
  subject: Pick<Subject, 'target' | 'resources'>,
  name: string,
  age: number = AGE,
): Promise<void> {
  for (const table of tablesOf(subject)) {
    const rows = (await rowsIn(subject, table)).filter((row) => textsIn(row).includes(name));
    if (rows.length === 0) continue;
    const keys = await keysOf(subject, table);
    for (const row of rows) await makeRowOld(subject, { name: table, keys }, row, age);
  }
}

/** Makes one row look old, as `makeOld` does. */
export async function makeRowOld(
  { target }: Pick<Subject, 'target'>,
  { name: TableName, keys }: { readonly name: string; readonly keys: readonly string[] },
  row: Row,
  age: number = AGE,
): Promise<void> {
  const [client, { UpdateItemCommand }] = await Promise.all([
    target.clients.dynamodb(),
    import('../aws/sdk/dynamodb.ts'),
  ]);
  for (const [attribute, value] of Object.entries(row)) {
    const older = keys.includes(attribute) ? undefined : longBefore(value, { age });
    if (older === undefined) continue;
    const update = {
      TableName,
      Key: keyIn(row, keys),
      UpdateExpression: 'SET #at = :at',
      ConditionExpression: 'attribute_exists(#at)',
      ExpressionAttributeNames: { '#at': attribute },
      ExpressionAttributeValues: { ':at': older },
    };
    await client.send(new UpdateItemCommand(update)).catch(goneMeanwhile);
  }
}

/** Adds an attribute to a visitor's row, as a room that stores more about people would. */
export async function padRow(
  { target }: Pick<Subject, 'target'>,
  { name: TableName, keys }: { readonly name: string; readonly keys: readonly string[] },
  row: Row,
  [attribute, value]: readonly [string, AttributeValue],
): Promise<void> {
  const [client, { UpdateItemCommand }] = await Promise.all([
    target.clients.dynamodb(),
    import('../aws/sdk/dynamodb.ts'),
  ]);
  const update = {
    TableName,
    Key: keyIn(row, keys),
    UpdateExpression: 'SET #padding = :padding',
    ConditionExpression: 'attribute_exists(#key)',
    ExpressionAttributeNames: { '#padding': attribute, '#key': keys[0] ?? '' },
    ExpressionAttributeValues: { ':padding': value },
  };
  await client.send(new UpdateItemCommand(update)).catch(goneMeanwhile);
}

function goneMeanwhile(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'ConditionalCheckFailedException') throw error;
}

async function sweepTable(
  subject: Pick<Subject, 'root' | 'lab' | 'target'>,
  table: string,
  names: ReadonlySet<string>,
): Promise<void> {
  const { target } = subject;
  const deadline = Date.now() + GRACE[target.kind];
  let isOver = false;
  for (let pause = 20; ; pause = Math.min(pause * 2, 500)) {
    const rows = await rowsIn(subject, table);
    // Read after the table, as above. Two commands can have visitors with the same name: users outlive a command.
    const elsewhere = await namesElsewhere(subject, 'visits');
    const own = rows.filter((row) => textsIn(row).some((text) => names.has(text) && !elsewhere.has(text)));
    if (own.length === 0 || isOver) {
      const left = rows.filter((row) => own.includes(row) || textsIn(row).some(isForgotten));
      await removeRows(subject, table, left);
      return;
    }
    const quiet = await target.quietFor?.({ least: RESTED, longest: pause });
    if (quiet === undefined) await wait(pause);
    isOver = Date.now() >= deadline || (quiet ?? 0) >= RESTED;
  }
}

/** Deletes these rows of a table, which somebody may have deleted. */
export async function removeRows(subject: Pick<Subject, 'target'>, table: string, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const keys = await keysOf(subject, table);
  if (keys.length === 0) return;
  const deletions = rows.map((row): WriteRequest => ({ DeleteRequest: { Key: keyIn(row, keys) } }));
  await writeAll(subject, table, deletions);
}

/** Stores rows in a table, or stores them again as they were. `signal` ends the wait for a throttled table. */
export async function putRows(
  subject: Pick<Subject, 'target'>,
  table: string,
  rows: readonly Row[],
  signal?: AbortSignal,
): Promise<void> {
  const puts = rows.map((Item): WriteRequest => ({ PutRequest: { Item } }));
  await writeAll(subject, table, puts, signal);
}

/** Returns the names of a table's key attributes; none if somebody deleted it. */
export async function keysOf({ target }: Pick<Subject, 'target'>, table: string): Promise<string[]> {
  const [client, { DescribeTableCommand }] = await Promise.all([
    target.clients.dynamodb(),
    import('../aws/sdk/dynamodb.ts'),
  ]);
  const { Table } = await client.send(new DescribeTableCommand({ TableName: table })).catch((error: unknown) => {
    if (!isNotFound(error)) throw error;
    return { Table: undefined };
  });
  return (Table?.KeySchema ?? []).flatMap(({ AttributeName }) => AttributeName ?? []);
}

/** Returns the key of a row. */
export function keyIn(row: Row, keys: readonly string[]): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => keys.includes(name)));
}

import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Subject } from '../checking/check.ts';
import { untilAllEnded } from '../observe/runs.ts';
import { startNote } from './notes.ts';
import { keysOf, type Row, removeRows, sweepLeftRows, tablesOf } from './rows.ts';
import { textsIn, withTexts } from './texts.ts';
import { longBefore } from './times.ts';
import { untilNextLook } from './until-quiet.ts';
import { visitorName } from './visitor-name.ts';

// Rows of connections that have ended, as they remain if `$disconnect` never runs: somebody's train goes into a tunnel.
// Closing a socket does run `$disconnect`, so the row is put back after that has deleted it. A handler can't recognize
// such a row: its id belongs to a connection that existed, and the rest is copied from a visitor.

/** The parts of a subject needed to put rows into its tables. */
export type Haunted = Pick<Subject, 'root' | 'lab' | 'target' | 'resources' | 'signal' | 'afterwards' | 'ended'>;

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

/** Rows that were put into tables, until they are removed. */
export interface Ghosts {
  /** Adds rows, which may have a made-up connection id. Rejects once the check has ended or was interrupted. */
  add(rows: readonly StoredRow[], madeUpId?: string): Promise<void>;
  /** Removes all of them that still exist. The subject does it afterward, too, so nothing stays in any case. */
  remove(): Promise<void>;
}

/** How long the room has to delete a row, in milliseconds: on AWS a cold function starts slowly. */
export const FORGETS_WITHIN = { practice: 3_000, aws: 15_000 } as const;

/**
 * How long `$disconnect` has to delete a row, in milliseconds. If it came later, it would delete the ghost, and a room
 * that never deletes any would seem to.
 */
export const LEAVES_WITHIN = { practice: 15_000, aws: 30_000 } as const;

/** How long ago a ghost's connection began, in milliseconds. A visitor whose row was made old connected before that. */
const AGE = 60 * 60_000;

/** An id in API Gateway's format: `L0SM9cOFvHcCIhw=`. */
const CONNECTION_ID = /[\w+/-]{15}=/;

/**
 * The time between two reads of the table, in milliseconds: initially, and at most. Each read costs read capacity on
 * AWS.
 */
export const PAUSES = { practice: [10, 250], aws: [200, 2_000] } as const;

/** Returns the stack's tables, without those that somebody deleted. */
export async function roomTables(subject: Pick<Subject, 'target' | 'resources'>): Promise<RoomTable[]> {
  const tables = tablesOf(subject).map(async (name) => ({ name, keys: await keysOf(subject, name) }));
  return (await Promise.all(tables)).filter(({ keys }) => keys.length > 0);
}

/**
 * Starts with no rows. First removes from the tables what other checks left. Most rows need no note: they are
 * copies with visitors' names, and the visit notes those. A room may store no names, but an id identifies a row, too.
 */
export async function startGhosts(subject: Haunted): Promise<Ghosts> {
  await sweepLeftRows(subject);
  const note = startNote(subject, 'visits');
  const added = new Map<string, StoredRow>();
  let adding: Promise<unknown> = Promise.resolve();
  let isOver = false;
  const [client, { PutItemCommand }] = await Promise.all([
    subject.target.clients.dynamodb(),
    import('../aws/sdk/dynamodb.ts'),
  ]);
  // The next visit removes what can't be removed here, and a row that was added although the answer was lost.
  const orLeave = async (work: Promise<unknown>) => {
    try {
      await work;
    } catch (error) {
      await note.leave();
      throw error;
    }
  };
  const remove = async () => {
    await adding.catch(() => {});
    const rows = [...added];
    for (const name of new Set(rows.map(([, { table }]) => table.name))) {
      const own = rows.flatMap(([, { table, row }]) => (table.name === name ? [row] : []));
      await orLeave(removeRows(subject, name, own));
    }
    for (const [key] of rows) added.delete(key);
    if (added.size === 0) await note.drop();
  };
  subject.afterwards(() => {
    // A look that took too long goes on.
    isOver = true;
    return remove();
  });
  return {
    async add(rows, madeUpId) {
      const ids = rows.flatMap(({ table, row }) => {
        const id = madeUpId ?? idOf(row, table);
        return id === undefined ? [] : textsIn(row).filter((text) => text.includes(id));
      });
      await note.add(...new Set(ids));
      // One after the other: together, large rows would take more capacity than a new table has on AWS.
      const add = async () => {
        for (const stored of rows) {
          subject.signal.throwIfAborted();
          if (isOver) throw new Error('The check that adds rows has ended.');
          added.set(inTable(stored), stored);
          await client.send(new PutItemCommand({ TableName: stored.table.name, Item: stored.row }));
        }
      };
      adding = add();
      await orLeave(adding);
    },
    remove,
  };
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

/**
 * Waits until none of these rows is in the table, time is up, or there is a reason to stop. Returns those that remain.
 * Time isn't up while a function runs: it may try again what has failed.
 */
export async function untilDeleted(
  subject: Pick<Subject, 'target' | 'resources' | 'began' | 'signal'>,
  table: RoomTable,
  rows: readonly Row[],
  isOver: (present: ReadonlySet<string>) => boolean,
): Promise<Row[]> {
  const deadline = performance.now() + FORGETS_WITHIN[subject.target.kind];
  const [first, longest] = PAUSES[subject.target.kind];
  let haveEnded = false;
  for (let pause: number = first; ; pause = Math.min(pause * 2, longest)) {
    await (haveEnded ? untilAllEnded(subject) : untilNextLook(subject, pause));
    const present = new Set(await keysPresent(subject, table));
    const left = rows.filter((row) => present.has(keyOf(row, table)));
    if (isOver(present) || left.length === 0 || haveEnded) return left;
    haveEnded = performance.now() >= deadline;
  }
}

/** Returns a row's key as a string. */
export function keyOf(row: Row, { keys }: RoomTable): string {
  return JSON.stringify(keys.map((key) => row[key]));
}

/** Returns a row's table and key as a string. */
export function inTable({ table, row }: StoredRow): string {
  return `${table.name} ${keyOf(row, table)}`;
}

/** Returns a row's connection id, from its key or else from another attribute; undefined if no text contains one. */
export function idOf(row: Row, { keys }: RoomTable): string | undefined {
  const names = [...keys, ...Object.keys(row).filter((name) => !keys.includes(name))];
  for (const name of names) {
    const [id] = CONNECTION_ID.exec(row[name]?.S ?? '') ?? [];
    if (id !== undefined) return id;
  }
  return undefined;
}

/** Returns whether a row also has an id where it can't be replaced: in binary. A room could post to that one. */
export function hasBytesOf(id: string, row: Row): boolean {
  const isIn = (bytes: Uint8Array) => Buffer.from(bytes).includes(id);
  return Object.values(row).some(({ B, BS = [] }) => [...(B === undefined ? [] : [B]), ...BS].some(isIn));
}

/** Returns a copy of this row with another connection id, also within longer texts: `CONN#L0SM9cOFvHcCIhw=`. */
export function withId(row: Row, from: string, to: string): Row {
  return inAll(row, (value) => withTexts(value, (text) => text.replaceAll(from, () => to)));
}

/**
 * Returns a copy of somebody's row with another connection id, and with times that are `age` milliseconds earlier. A
 * room can have one row per name.
 */
export function copyWithId(
  row: Row,
  table: RoomTable,
  { id, name, age }: { id: [from: string, to: string]; name: string; age?: number | undefined },
): Row {
  const other = withId(row, ...id);
  const isSame = keyOf(other, table) === keyOf(row, table);
  return aged(isSame ? renamed(other, name, visitorName()) : other, table, age);
}

function inAll(row: Row, change: (value: AttributeValue) => AttributeValue): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, change(value)]));
}

/** Returns a copy of this row with one string replaced in each attribute that equals it. */
export function renamed(row: Row, from: string, to: string): Row {
  return inAll(row, (value) => (value.S === from ? { S: to } : value));
}

/**
 * Returns a copy of a row of somebody with this name as if it were an earlier one of somebody else: with all texts that
 * are the same in the other's rows, which are about the person and not about a connection, except for keys and times.
 * Returns the same row if its key contains the name: with another key it would be elsewhere in a scan, or the row of
 * somebody who is connected.
 */
export function asRowOf({ table, row }: StoredRow, name: string, other: { rows: readonly Row[]; name: string }): Row {
  if (table.keys.some((key) => row[key]?.S?.includes(name))) return row;
  const isText = (value: AttributeValue | undefined) =>
    value?.S !== undefined && longBefore({ S: value.S }, { age: AGE }) === undefined;
  const [first = {}, ...more] = other.rows;
  const theirs = Object.entries(first).filter(
    ([attribute, value]) =>
      !table.keys.includes(attribute) &&
      isText(value) &&
      isText(row[attribute]) &&
      more.length > 0 &&
      more.every((each) => each[attribute]?.S === value.S),
  );
  return { ...renamed(row, name, other.name), ...Object.fromEntries(theirs) };
}

/** Returns a copy of this row whose connection began this long ago, in milliseconds: a handler may keep recent rows. */
export function aged(row: Row, { keys }: RoomTable, age: number = AGE): Row {
  const now = Date.now();
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      keys.includes(name) ? value : (longBefore(value, { age, now }) ?? value),
    ]),
  );
}

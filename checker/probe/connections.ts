import { setTimeout as wait } from 'node:timers/promises';
import type { Subject } from '../checking/check.ts';
import { idOf, keyOf, keysByTable, LEAVES_WITHIN, type RoomTable, untilDeleted } from './ghosts.ts';
import { joinAll, type Participant, type Tickets } from './join-all.ts';
import { type Row, rowsIn } from './rows.ts';
import { textsIn } from './texts.ts';
import type { Visit } from './visit.ts';

// A room can store connections without names, in several rows and tables, and it can write other rows when somebody
// joins: about people, or visits. Only `$disconnect` shows which rows are connections: it deletes those.

/** A row, and its table. */
export interface StoredRow {
  readonly table: RoomTable;
  readonly row: Row;
}

/** Somebody in the room, and the rows of their connection, of the same kinds for everyone and in the same order. */
export interface Connected extends Participant {
  readonly rows: readonly [StoredRow, ...StoredRow[]];
}

/** Finds the rows that a room writes while people join. */
export interface RowFinder {
  /** Attributes the rows that are new to somebody who has just joined. */
  readonly joined: (person: Participant) => Promise<void>;
  /** Returns somebody's rows: those that have a connection id, or else those that have their name. */
  readonly rowsOf: (person: Participant) => Promise<readonly StoredRow[]>;
}

/** How long a row may come after the handshake, in milliseconds: a room can have another function write it. */
const LATE = { practice: 1_000, aws: 5_000 } as const;

/** How long a room that has deleted a row may take to delete the others of the same connection, in milliseconds. */
const APART = { practice: 500, aws: 3_000 } as const;

/** Starts before anybody joins. */
export async function findRows(subject: Pick<Subject, 'target' | 'resources' | 'signal'>): Promise<RowFinder> {
  const before = await keysByTable(subject);
  /** By row: who had joined last when it was new. */
  const writtenFor = new Map<string, Participant>();
  const newRows = async (): Promise<StoredRow[]> => {
    const read = [...before].map(async ([table, keys]) =>
      (await rowsIn(subject, table.name)).flatMap((row) => (keys.has(keyOf(row, table)) ? [] : { table, row })),
    );
    return (await Promise.all(read)).flat();
  };
  return {
    async joined(person) {
      const deadline = performance.now() + LATE[subject.target.kind];
      for (let pause = 20; ; pause *= 2) {
        const unknown = (await newRows()).map(inTable).filter((key) => !writtenFor.has(key));
        for (const key of unknown) writtenFor.set(key, person);
        if (unknown.length > 0 || performance.now() > deadline) return;
        await wait(pause, undefined, { signal: subject.signal });
      }
    },
    async rowsOf(person) {
      const names = new Set([...writtenFor.values()].map((each) => each.person.name));
      const own = (await newRows()).filter((stored) => {
        const texts = textsIn(stored.row);
        const named = texts.includes(person.person.name);
        return named || (!texts.some((text) => names.has(text)) && writtenFor.get(inTable(stored)) === person);
      });
      const withId = own.filter(({ table, row }) => idOf(row, table) !== undefined);
      return withId.length > 0 ? withId : own;
    },
  };
}

/**
 * Connects people, one after the other, and finds the rows of their connections. If the room writes several for one, the
 * first person leaves and joins again, to show which of them `$disconnect` deletes. `shared` names a table that keeps
 * several people in one row.
 */
export async function joinWithRows(
  subject: Subject,
  room: Visit,
  names: readonly string[],
  tickets?: Tickets,
): Promise<{ people: Connected[] } | { refused: number } | { rowless: string[] } | { shared: string }> {
  let finder = await findRows(subject);
  const first = await joinAll(room, names.slice(0, 1), tickets, finder.joined);
  if ('refused' in first) return first;
  const [scout] = Object.values(first.people);
  let kinds: ReadonlySet<string> | undefined;
  if (scout !== undefined && (await finder.rowsOf(scout)).length > 1) {
    kinds = await kindsDeleted(subject, scout, await finder.rowsOf(scout));
    finder = await findRows(subject);
  }
  const others = await joinAll(room, kinds === undefined ? names.slice(1) : names, tickets, finder.joined);
  if ('refused' in others) return others;
  const all = Object.values(kinds === undefined ? { ...first.people, ...others.people } : others.people);
  const people: Connected[] = [];
  const rowless: string[] = [];
  for (const participant of all) {
    const [row, ...more] = (await finder.rowsOf(participant))
      .map((stored) => ({ stored, kind: kindOf(stored, participant) }))
      .filter(({ kind }) => kinds?.has(kind) ?? true)
      .sort((one, other) => (one.kind < other.kind ? -1 : 1))
      .map(({ stored }) => stored);
    if (row === undefined) rowless.push(participant.label);
    else people.push({ ...participant, rows: [row, ...more] });
  }
  if (rowless.length > 0) return { rowless };
  const [someone] = people;
  const own = new Set(people.map(({ rows: [row] }) => inTable(row)));
  return someone !== undefined && own.size < people.length ? { shared: someone.rows[0].table.name } : { people };
}

/** Waits until none of these rows is left, or time is up. Returns those that remain. */
export async function untilAllDeleted(
  subject: Pick<Subject, 'target' | 'signal'>,
  rows: readonly StoredRow[],
  within: number,
): Promise<StoredRow[]> {
  const deadline = performance.now() + within;
  const left: StoredRow[] = [];
  for (const table of new Set(rows.map((stored) => stored.table))) {
    const own = rows.filter((stored) => stored.table === table);
    const time = Math.max(0, deadline - performance.now());
    const still = await untilDeleted(
      subject,
      table,
      own.map(({ row }) => row),
      () => false,
      time,
    );
    left.push(...own.filter(({ row }) => still.includes(row)));
  }
  return left;
}

/** Somebody leaves. Returns the kinds of their rows that the room then deletes; all kinds if it deletes none. */
async function kindsDeleted(
  subject: Subject,
  scout: Participant,
  rows: readonly StoredRow[],
): Promise<ReadonlySet<string>> {
  await scout.person.leave();
  const kindsIn = (some: readonly StoredRow[]) => new Set(some.map((stored) => kindOf(stored, scout)));
  const deadline = performance.now() + LEAVES_WITHIN[subject.target.kind];
  for (;;) {
    const left = await untilAllDeleted(subject, rows, APART[subject.target.kind]);
    const deleted = rows.filter((stored) => !left.includes(stored));
    if (deleted.length === 0 && performance.now() < deadline) continue;
    if (deleted.length === 0) return kindsIn(rows);
    const after = new Set(await untilAllDeleted(subject, left, APART[subject.target.kind]));
    return kindsIn(rows.filter((stored) => !after.has(stored)));
  }
}

/** Returns what the rows of several people have in common: the table, and the key without ids and names. */
function kindOf({ table, row }: StoredRow, { person }: Participant): string {
  const id = idOf(row, table);
  const parts = table.keys.map((key) => {
    const text = row[key]?.S ?? '';
    return (id === undefined ? text : text.replaceAll(id, '#')).replaceAll(person.name, '@');
  });
  return JSON.stringify([table.name, ...parts]);
}

function inTable({ table, row }: StoredRow): string {
  return `${table.name} ${keyOf(row, table)}`;
}

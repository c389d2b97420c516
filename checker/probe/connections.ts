import { setTimeout as wait } from 'node:timers/promises';
import type { Subject } from '../checking/check.ts';
import { joinAll, type Participant, type Tickets } from './join-all.ts';
import { inTable, roomTables, type StoredRow } from './room-tables.ts';
import { idOf } from './row-copies.ts';
import { rowsIn } from './rows.ts';
import { textsIn } from './texts.ts';
import { deletedAfterLeaving } from './until-deleted.ts';
import type { Visit } from './visit.ts';

// A room can store connections without names, in several rows and tables, and it can write other rows when somebody
// joins: about people, or visits. Only `$disconnect` shows which rows are connections: it deletes those.

/** Somebody in the room, and the rows of their connection, of the same kinds for everyone and in the same order. */
export interface Connected extends Participant {
  readonly rows: readonly [StoredRow, ...StoredRow[]];
}

/** Finds the rows that a room writes while people join. */
export interface RowFinder {
  /** Attributes the rows that are new to somebody who has just joined. */
  readonly joined: (person: Participant) => Promise<void>;
  /** Returns each person's rows: those that have a connection id, or else those that have their name. */
  readonly rowsOf: (people: readonly Participant[]) => Promise<ReadonlyArray<readonly StoredRow[]>>;
  /**
   * Returns the table with a row that was written for each of these people; undefined if each row was written for
   * fewer.
   */
  readonly sharedBy: (people: readonly Participant[]) => Promise<string | undefined>;
}

/** How long a row may come after the handshake, in milliseconds: a room can have another function write it. */
const LATE = { practice: 1_000, aws: 5_000 } as const;

/** Starts before anybody joins. */
export async function findRows(subject: Pick<Subject, 'target' | 'resources' | 'signal'>): Promise<RowFinder> {
  const tables = await roomTables(subject);
  const read = async () => {
    const rows = tables.map(async (table) => (await rowsIn(subject, table.name)).map((row) => ({ table, row })));
    return (await Promise.all(rows)).flat();
  };
  const earlier = await read();
  const before = new Set(earlier.map(inTable));
  const writes = new Writes(earlier);
  let last: Participant | undefined;
  return {
    async joined(person) {
      last = person;
      const deadline = performance.now() + LATE[subject.target.kind];
      for (let pause = 20; ; pause *= 2) {
        const written = writes.by(person, await read());
        // A room can write other rows first, such as of visits.
        if (written.some((stored) => isAbout(stored, person)) || performance.now() > deadline) return;
        await wait(pause, undefined, { signal: subject.signal });
      }
    },
    async rowsOf(people) {
      const rows = await read();
      if (last !== undefined) writes.by(last, rows);
      const names = new Set(writes.people().map((each) => each.person.name));
      return people.map((person) => {
        const own = rows.filter((stored) => writes.has(stored, person) && isNamed(stored, person));
        const nameless = rows.filter(
          (stored) =>
            !before.has(inTable(stored)) &&
            writes.first(stored) === person &&
            !textsIn(stored.row).some((text) => names.has(text)),
        );
        // Somebody else can join at the same time: a person's rows have one id.
        // Other tabs of the same user can have changed a row about the user.
        const [id] = [...own.filter((stored) => writes.isOnlyOf(stored)), ...own, ...nameless].flatMap(
          ({ table, row }) => idOf(row, table) ?? [],
        );
        const withId = [...own, ...nameless].filter(({ table, row }) => id !== undefined && idOf(row, table) === id);
        return withId.length > 0 ? withId : own;
      });
    },
    async sharedBy(people) {
      const shared = (await read()).find(
        (stored) => idOf(stored.row, stored.table) !== undefined && people.every((each) => writes.has(stored, each)),
      );
      return shared?.table.name;
    },
  };
}

/** Who had just joined when each row was written or changed. */
class Writes {
  readonly #contents: Map<string, string>;
  readonly #people = new Map<string, Participant[]>();

  constructor(rows: readonly StoredRow[]) {
    this.#contents = new Map(rows.map((stored) => [inTable(stored), JSON.stringify(stored.row)]));
  }

  /** Returns the rows that are new or changed since the last call, which somebody's coming has caused. */
  by(person: Participant, rows: readonly StoredRow[]): StoredRow[] {
    return rows.filter((stored) => {
      const [key, content] = [inTable(stored), JSON.stringify(stored.row)];
      if (this.#contents.get(key) === content) return false;
      this.#contents.set(key, content);
      const people = this.#people.get(key) ?? [];
      if (!people.includes(person)) this.#people.set(key, [...people, person]);
      return true;
    });
  }

  has(stored: StoredRow, person: Participant): boolean {
    return this.#people.get(inTable(stored))?.includes(person) === true;
  }

  /** Whether only one person's coming has changed a row. */
  isOnlyOf(stored: StoredRow): boolean {
    return this.#people.get(inTable(stored))?.length === 1;
  }

  first(stored: StoredRow): Participant | undefined {
    return this.#people.get(inTable(stored))?.[0];
  }

  people(): Participant[] {
    return [...this.#people.values()].flat();
  }
}

function isNamed({ row }: StoredRow, { person }: Participant): boolean {
  return textsIn(row).includes(person.name);
}

function isAbout(stored: StoredRow, person: Participant): boolean {
  return isNamed(stored, person) || idOf(stored.row, stored.table) !== undefined;
}

/**
 * Connects people, one after the other, and finds the rows of their connections. If the room writes several for one,
 * the first person leaves and joins again, to show which of them `$disconnect` deletes. `shared` names a table that
 * keeps several people in one row.
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
  const [scouted = []] = await finder.rowsOf(scout === undefined ? [] : [scout]);
  let kinds: ReadonlySet<string> | undefined;
  if (scout !== undefined && scouted.length > 1) {
    kinds = await kindsDeleted(subject, scout, scouted);
    finder = await findRows(subject);
  }
  // Nobody else will have a row either, and waiting for each of them would take minutes.
  if (scout !== undefined && scouted.length === 0 && (await finder.sharedBy([scout])) === undefined)
    return { rowless: [scout.label] };
  const others = await joinAll(room, kinds === undefined ? names.slice(1) : names, tickets, finder.joined);
  if ('refused' in others) return others;
  const all = Object.values(kinds === undefined ? { ...first.people, ...others.people } : others.people);
  const people: Connected[] = [];
  const rowless: string[] = [];
  const found = await finder.rowsOf(all);
  for (const [index, participant] of all.entries()) {
    const rows = (found[index] ?? []).map((stored) => ({ stored, kind: kindOf(stored, participant) }));
    const ofConnections = rows.filter(({ kind }) => kinds?.has(kind) ?? true);
    const [row, ...more] = (ofConnections.length > 0 ? ofConnections : rows)
      .sort((one, other) => (one.kind < other.kind ? -1 : 1))
      .map(({ stored }) => stored);
    if (row === undefined) rowless.push(participant.label);
    else people.push({ ...participant, rows: [row, ...more] });
  }
  if (rowless.length > 0) {
    const shared = await finder.sharedBy(all);
    return shared === undefined ? { rowless } : { shared };
  }
  const [someone] = people;
  const own = new Set(people.map(({ rows: [row] }) => inTable(row)));
  return someone !== undefined && own.size < people.length ? { shared: someone.rows[0].table.name } : { people };
}

/** Somebody leaves. Returns the kinds of their rows that the room then deletes; all kinds if it deletes none. */
async function kindsDeleted(
  subject: Subject,
  scout: Participant,
  rows: readonly StoredRow[],
): Promise<ReadonlySet<string>> {
  await scout.person.leave();
  const deleted = await deletedAfterLeaving(subject, rows);
  return new Set((deleted.length > 0 ? deleted : rows).map((stored) => kindOf(stored, scout)));
}

/**
 * Returns what the rows of several people have in common: the table, and for each part of the key whether it contains
 * the id or the name, or else the word that it begins with: `USER#1f9c…` differs from person to person.
 */
function kindOf({ table, row }: StoredRow, { person }: Participant): string {
  const id = idOf(row, table);
  const parts = table.keys.map((key) => {
    const text = row[key]?.S ?? '';
    if (id !== undefined && text.includes(id)) return '#';
    return text.includes(person.name) ? '@' : /^[A-Za-z]*(?=[#:/|]|$)/.exec(text)?.[0];
  });
  return JSON.stringify([table.name, ...parts]);
}

import { setTimeout as wait } from 'node:timers/promises';
import type { Subject } from '../checking/check.ts';
import type { Living } from './among-ghosts.ts';
import { idOf, keyOf, type RoomTable } from './ghosts.ts';
import { joinAll, type Participant, type Tickets } from './join-all.ts';
import { keysOf, type Row, rowsIn, tablesOf } from './rows.ts';
import { textsIn } from './texts.ts';
import type { Visit } from './visit.ts';

/** People who are connected, with their rows in scan order, or why there are no such rows. */
export type JoinedWithRows =
  | { readonly table: RoomTable; readonly people: readonly Living[] }
  /** The status of the handshake, if somebody was rejected. */
  | { readonly refused: number }
  /** The labels of people who are connected but have no row. */
  | { readonly rowless: readonly string[] }
  /** The name of a table that keeps several people in one row. */
  | { readonly shared: string };

/** How long a row may come after the handshake, in milliseconds: a room can have another function write it. */
const LATE = { practice: 1_000, aws: 5_000 } as const;

/** A row as it is now. */
interface Found {
  readonly table: RoomTable;
  readonly row: Row;
}

/**
 * Connects people one after the other, and finds the row that the room wrote for each: a room can store its connections
 * without names, and rows of people who left earlier have the same names.
 */
export async function joinWithRows(
  subject: Pick<Subject, 'target' | 'resources' | 'signal'>,
  room: Visit,
  names: readonly string[],
  tickets?: Tickets,
): Promise<JoinedWithRows> {
  const tables = await Promise.all(
    tablesOf(subject).map(async (name): Promise<RoomTable> => ({ name, keys: await keysOf(subject, name) })),
  );
  const read = async () => {
    const found = await Promise.all(
      tables.map(async (table) => (await rowsIn(subject, table.name)).map((row): Found => ({ table, row }))),
    );
    return found.flat();
  };
  let before = await read();
  const own = new Map<Participant, Found>();
  const joined = await joinAll(room, names, tickets, async (participant) => {
    const deadline = Date.now() + LATE[subject.target.kind];
    let now = await read();
    let found = rowOf(participant, before, now);
    for (let pause = 20; found === undefined && Date.now() < deadline; pause *= 2) {
      await wait(pause, undefined, { signal: subject.signal });
      now = await read();
      found = rowOf(participant, before, now);
    }
    if (found !== undefined) own.set(participant, found);
    before = now;
  });
  if ('refused' in joined) return joined;
  const all = Object.values(joined.people);
  const [first] = own.values();
  const isElsewhere = (each: Participant) => first === undefined || own.get(each)?.table !== first.table;
  const rowless = all.filter(isElsewhere).map(({ label }) => label);
  if (first === undefined || rowless.length > 0) return { rowless };
  const { table } = first;
  const people = before.flatMap(({ table: { name }, row }): Living[] =>
    all.flatMap((participant) => {
      const isOwn = name === table.name && keyOf(row, table) === keyOf(own.get(participant)?.row ?? {}, table);
      return isOwn ? [{ ...participant, row }] : [];
    }),
  );
  const keys = new Set(people.map(({ row }) => keyOf(row, table)));
  return keys.size < people.length ? { shared: table.name } : { table, people };
}

/** Returns the row that appeared or changed when somebody joined: one with their name, or else a new one with an id. */
export function rowOf({ person }: Participant, before: readonly Found[], now: readonly Found[]): Found | undefined {
  const contents = new Set(before.map(contentOf));
  const keys = new Set(before.map(({ table, row }) => `${table.name} ${keyOf(row, table)}`));
  const written = now.filter((each) => !contents.has(contentOf(each)));
  const named = written.filter(({ row }) => textsIn(row).includes(person.name));
  const hasId = ({ table, row }: Found) => idOf(row, table) !== undefined;
  const added = written.filter(({ table, row }) => !keys.has(`${table.name} ${keyOf(row, table)}`));
  return named.find(hasId) ?? named[0] ?? added.find(hasId);
}

function contentOf({ table, row }: Found): string {
  return `${table.name} ${JSON.stringify(row)}`;
}

import { randomBytes, randomInt } from 'node:crypto';
import type { Subject } from '../checking/check.ts';
import { type AmongGhosts, type Living, speakAmongGhosts } from './among-ghosts.ts';
import {
  aged,
  type Ghosts,
  idOf,
  keyOf,
  LEAVES_WITHIN,
  pagesPresent,
  type RoomTable,
  renamed,
  startGhosts,
  untilDeleted,
} from './ghosts.ts';
import { untilIndexed } from './indexes.ts';
import type { Tickets } from './join-all.ts';
import { joinWithRows } from './join-with-rows.ts';
import { makeOld, makeRowOld, padRow, type Row } from './rows.ts';
import { textsIn } from './texts.ts';
import { type Visit, visit } from './visit.ts';

/** A row of the room's table. */
export interface SeenRow {
  readonly id: string;
  /** The person who is connected with it; undefined if the connection is gone. */
  readonly of?: string;
  /** The page of a scan that it was on, from 1. */
  readonly page: number;
  /** Whether it existed at the end. */
  readonly isLeft: boolean;
}

/** The conversation in a room in which some connections ended without `$disconnect`. */
export interface Tunnel {
  /** The status of the handshake, if somebody was rejected. */
  readonly refused?: number;
  /** People who are connected but have no row. */
  readonly rowless?: readonly string[];
  /** A table that keeps several people in one row. */
  readonly shared?: string;
  /** Set if `$disconnect` deleted no row of those who left. */
  readonly isNobodyForgotten?: true;
  readonly spoken?: AmongGhosts;
  /** The rows in scan order, and their table. */
  readonly rows?: readonly SeenRow[];
  readonly table?: string;
  readonly conversation: readonly string[];
}

/** What becomes of somebody who connected, and of their row. */
export interface Fate {
  readonly stays: boolean;
  /** How many bytes are added to their row. */
  readonly padding?: number;
  /** How long ago their connection began, in milliseconds; by default, an hour if it has ended, and just now otherwise. */
  readonly age?: number;
  /** Whether their row may be kept although the connection has ended: handlers keep recent rows for a while. */
  readonly mayBeKept?: true;
}

export interface TunnelOptions {
  readonly people: readonly string[];
  /** Returns what becomes of the person with the row at this position in scan order, from 0. */
  readonly fate: (place: number) => Fate;
  /** Who sends the two messages: any two who are connected, or those whose rows come first and last. */
  readonly speakers: 'anyone' | 'first and last';
  readonly tickets?: Tickets;
  /** Gets each line of the conversation as it happens. */
  readonly onLine?: (line: string) => void;
  /** Called when all messages were sent, while people and rows still exist. */
  readonly onSpoken?: (spoken: AmongGhosts) => Promise<void>;
}

/** Somebody who connected, and what becomes of them. */
interface Fated extends Living {
  readonly fate: Fate;
}

type People = readonly [Fated, Fated, ...Fated[]];

/**
 * People connect. Some connections end, chosen by where their rows come in a scan, and these rows are put back. The
 * others send messages.
 */
export async function throughTheTunnel(subject: Subject, address: string, options: TunnelOptions): Promise<Tunnel> {
  const inTheRoom = async (inside: Visit): Promise<Tunnel> => {
    const { conversation } = inside;
    const joined = await joinWithRows(subject, inside, options.people, options.tickets);
    if (!('table' in joined)) return { ...joined, conversation };
    const { table } = joined;
    const placed = joined.people.map((each, place): Fated => ({ ...each, fate: options.fate(place) }));
    const names = placed.map(({ person }) => person.name);
    const living = inOrder(
      placed.filter(({ fate }) => fate.stays),
      options.speakers,
    );
    const gone = placed.filter((each) => !living.includes(each));
    const ghosts = await startGhosts(subject, table);
    try {
      const { rows: left, isNobodyForgotten } = await goAway(subject, table, { gone, living, ghosts });
      await untilIndexed(subject, names);
      const pages = await pagesPresent(subject, table);
      const spoken = await speakAmongGhosts(subject, {
        table,
        living,
        ghosts: left.filter((_, index) => gone[index]?.fate.mayBeKept !== true),
      });
      await options.onSpoken?.(spoken);
      const judged = placed.filter(({ fate }) => fate.mayBeKept !== true);
      return {
        spoken,
        rows: seenRows({ placed: judged, living, spoken, table, pages }),
        table: table.name,
        ...(isNobodyForgotten ? { isNobodyForgotten } : {}),
        conversation,
      };
    } finally {
      await ghosts.remove();
    }
  };
  return visit(subject, address, inTheRoom, options.onLine);
}

/** Puts the people who stay in the order in which they send. */
function inOrder(staying: readonly Fated[], speakers: TunnelOptions['speakers']): People {
  const [one, other, ...more] = speakers === 'anyone' ? staying : [staying[0], staying.at(-1), ...staying.slice(1, -1)];
  if (one === undefined || other === undefined || one === other) throw new Error('Nobody is left in the room.');
  const others = more.filter((each) => each !== undefined);
  return speakers === 'anyone' && randomInt(2) === 0 ? [other, one, ...others] : [one, other, ...others];
}

interface Leaving {
  readonly gone: readonly Fated[];
  readonly living: People;
  readonly ghosts: Ghosts;
}

/**
 * Disconnects people, waits until `$disconnect` has deleted their rows, and puts these back as rows of connections that
 * began long ago. People reconnect after a tunnel, so these rows have the names of people who are connected. The last of
 * several did not come back.
 */
async function goAway(
  subject: Subject,
  table: RoomTable,
  { gone, living, ghosts }: Leaving,
): Promise<{ rows: Row[]; isNobodyForgotten: boolean }> {
  const isNobodyForgotten = await leave(subject, table, gone);
  await age(subject, table, living[1]);
  const attribute = paddingName([...gone, ...living].map(({ row }) => row));
  for (const each of living) {
    const { person, row, fate } = each;
    if (fate.age !== undefined && person !== living[1].person) await age(subject, table, each);
    if (fate.padding !== undefined) await padRow(subject, table, row, [attribute, { S: text(fate.padding) }]);
  }
  const keys = new Set(living.map(({ row }) => keyOf(row, table)));
  const rows = gone.map(({ row, person, fate: { padding, age } }, index) => {
    const isBack = index === 0 || index < gone.length - 1;
    const name = isBack ? living[(index + 1) % living.length]?.person.name : undefined;
    const same = renamed(row, person.name, name ?? person.name);
    // A room can have one row per name, and somebody who is connected needs it.
    const named = keys.has(keyOf(same, table)) ? row : same;
    return { ...aged(named, table, age), ...(padding === undefined ? {} : { [attribute]: { S: text(padding) } }) };
  });
  await ghosts.add(rows);
  return { rows, isNobodyForgotten };
}

/** Disconnects people, and returns whether `$disconnect` deleted none of their rows. */
async function leave(subject: Subject, table: RoomTable, gone: readonly Fated[]): Promise<boolean> {
  const untilForgotten = (people: readonly Fated[]) => {
    const rows = people.map(({ row }) => row);
    return untilDeleted(subject, table, rows, () => false, LEAVES_WITHIN[subject.target.kind]);
  };
  // One after the other: one function instance is enough.
  for (const [index, each] of gone.entries()) {
    await each.person.leave();
    if ((await untilForgotten([each])).length === 0) continue;
    // It is slow or doesn't work. Waiting for each of the others would take minutes.
    for (const { person } of gone) await person.leave();
    const others = gone.slice(index + 1);
    return index === 0 && (await untilForgotten(others)).length === others.length;
  }
  return false;
}

/** Makes somebody's rows look old, also one without their name. */
async function age(subject: Subject, table: RoomTable, { person, row, fate }: Fated): Promise<void> {
  await makeOld(subject, person.name, fate.age);
  if (!textsIn(row).includes(person.name)) await makeRowOld(subject, table, row, fate.age);
}

/** Returns an attribute that no row has, and that a room could have. */
function paddingName(rows: readonly Row[]): string {
  const names = ['about', 'avatar', 'draft', 'history', 'notes', 'picture', 'settings', 'state'];
  const free = names.filter((name) => !rows.some((row) => name in row));
  return free[randomInt(free.length)] ?? 'more';
}

function text(bytes: number): string {
  return randomBytes(Math.ceil((bytes * 3) / 4))
    .toString('base64')
    .slice(0, bytes);
}

interface Seen {
  readonly placed: readonly Living[];
  readonly living: readonly Living[];
  readonly spoken: AmongGhosts;
  readonly table: RoomTable;
  readonly pages: ReadonlyArray<readonly string[]>;
}

function seenRows({ placed, living, spoken: { left, lost }, table, pages }: Seen): SeenRow[] {
  const stay = new Set(left.map((row) => keyOf(row, table)));
  return placed.map((each): SeenRow => {
    const key = keyOf(each.row, table);
    const seen = { id: idOf(each.row, table) ?? key, page: pages.findIndex((keys) => keys.includes(key)) + 1 };
    return living.includes(each)
      ? { ...seen, of: each.label, isLeft: !lost.includes(each.label) }
      : { ...seen, isLeft: stay.has(key) };
  });
}

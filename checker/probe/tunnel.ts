import { randomInt } from 'node:crypto';
import type { Subject } from '../checking/check.ts';
import { type AmongGhosts, type Living, speakAmongGhosts } from './among-ghosts.ts';
import { type Connected, joinWithRows } from './connections.ts';
import { type Ghosts, startGhosts } from './ghosts.ts';
import { untilIndexed } from './indexes.ts';
import type { Tickets } from './join-all.ts';
import { padding, paddingName } from './padding.ts';
import { keyOf, pagesPresent, type RoomTable, type StoredRow } from './room-tables.ts';
import { aged, asRowOf, idOf } from './row-copies.ts';
import { makeRowOld, padRow, type Row } from './rows.ts';
import { holdsRecentTime } from './times.ts';
import { LEAVES_WITHIN, untilAllDeleted, untilDeleted } from './until-deleted.ts';
import { type Visit, visit } from './visit.ts';

/** A row of the room's table. */
export interface SeenRow {
  readonly id: string;
  /** The person who is connected with it; undefined if the connection is gone. */
  readonly of?: string;
  /** The page of a scan that it was on, from 1. */
  readonly page: number;
  /** How long ago its connection began, in milliseconds, if that was chosen and the connection is gone. */
  readonly age?: number;
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
  /** Whether `$disconnect` deleted no row of those who left. */
  readonly isNobodyForgotten?: boolean;
  readonly spoken?: AmongGhosts;
  /** The rows in scan order, and their table. */
  readonly rows?: readonly SeenRow[];
  readonly table?: string;
  /**
   * How many rows of connections that have ended stayed, with a recent time that can't be set back, as in a key:
   * handlers keep recent rows for a while.
   */
  readonly recentLeft?: number;
  readonly conversation: readonly string[];
}

/** What becomes of somebody who connected, and of their row. */
export interface Fate {
  readonly stays: boolean;
  /** How many bytes are added to their row. */
  readonly padding?: number;
  /**
   * How long ago their connection began, in milliseconds; by default, an hour if it has ended, and just now otherwise.
   */
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
  readonly onSpoken?: (spoken: AmongGhosts, living: People) => Promise<void>;
}

/** Somebody who connected, and what becomes of them. */
interface Fated extends Living, Pick<Connected, 'rows'> {
  readonly fate: Fate;
}

/** How long people wait for `$disconnect` if it didn't run for somebody before them, in milliseconds. */
const HARDLY_EVER = { practice: 500, aws: 5_000 } as const;

type People = readonly [Fated, Fated, ...Fated[]];

/**
 * People connect. Some connections end, chosen by where their rows come in a scan, and these rows are put back. The
 * others send messages.
 */
export async function throughTheTunnel(subject: Subject, address: string, options: TunnelOptions): Promise<Tunnel> {
  const inTheRoom = async (inside: Visit): Promise<Tunnel> => {
    const { conversation } = inside;
    const joined = await joinWithRows(subject, inside, options.people, options.tickets);
    if (!('people' in joined)) return { ...joined, conversation };
    const [first] = joined.people;
    if (first === undefined) throw new Error('Nobody is in the room.');
    // If the room writes several rows for a connection, those of one kind put people in an order.
    const { table } = first.rows[0];
    const order = (await pagesPresent(subject, table)).flat();
    const placed = joined.people
      .map((each) => ({ ...each, row: each.rows[0].row }))
      .sort((one, other) => order.indexOf(keyOf(one.row, table)) - order.indexOf(keyOf(other.row, table)))
      .map((each, place): Fated => ({ ...each, fate: options.fate(place) }));
    const living = inOrder(
      placed.filter(({ fate }) => fate.stays),
      options.speakers,
    );
    const gone = placed.filter((each) => !living.includes(each));
    const ghosts = await startGhosts(subject);
    try {
      const { left, isNobodyForgotten } = await goAway(subject, { gone, living, ghosts });
      await untilIndexed(
        subject,
        placed.map(({ person }) => person.name),
      );
      const pages = await pagesPresent(subject, table);
      const stale = left.flatMap((row, index) => {
        const { mayBeKept, age } = gone[index]?.fate ?? {};
        // A time that couldn't be set back is much more recent than the age.
        return mayBeKept ? [] : { row, isRecent: holdsRecentTime(row, age && age / 2) };
      });
      const recent = stale.filter(({ isRecent }) => isRecent).map(({ row }) => row);
      const old = stale.filter(({ isRecent }) => !isRecent).map(({ row }) => row);
      const spoken = await speakAmongGhosts(subject, { table, living, ghosts: old });
      await options.onSpoken?.(spoken, living);
      const recentLeft = recent.length === 0 ? [] : await untilDeleted(subject, table, recent, () => false);
      const judged = placed.filter(({ fate }) => fate.mayBeKept !== true);
      return {
        spoken,
        rows: seenRows({
          placed: judged,
          living,
          left: [...spoken.left, ...recentLeft],
          lost: spoken.lost,
          table,
          pages,
        }),
        table: table.name,
        ...(recentLeft.length === 0 ? {} : { recentLeft: recentLeft.length }),
        isNobodyForgotten,
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
 * began long ago. People reconnect after a tunnel, so these rows are like those of people who are connected, unless
 * their name is in the key. The last of several did not come back. Returns the rows that put people in an order, and
 * whether
 * `$disconnect` deleted none.
 */
async function goAway(
  subject: Subject,
  { gone, living, ghosts }: Leaving,
): Promise<{ left: Row[]; isNobodyForgotten: boolean }> {
  let within: number = LEAVES_WITHIN[subject.target.kind];
  // One after the other: one function instance is enough.
  for (const { person, rows } of gone) {
    await person.leave();
    // If `$disconnect` deleted nothing after this time, it probably never does.
    const left = await untilAllDeleted(subject, rows, within);
    if (left.length > 0) within = Math.min(within, HARDLY_EVER[subject.target.kind]);
  }
  const own = gone.flatMap(({ rows }) => rows);
  const isNobodyForgotten = (await untilAllDeleted(subject, own, 0)).length === own.length;
  const attribute = paddingName([...gone, ...living].flatMap(({ rows }) => rows.map(({ row }) => row)));
  for (const { person, rows, fate } of living) {
    for (const { table, row } of rows) {
      if (fate.age !== undefined || person === living[1].person) await makeRowOld(subject, table, row, fate.age);
      if (fate.padding !== undefined) await padRow(subject, table, row, [attribute, padding(fate.padding)]);
    }
  }
  const left = gone.map(({ rows, person, fate }, index): StoredRow[] => {
    const isBack = index === 0 || index < gone.length - 1;
    const now = isBack ? living[(index + 1) % living.length] : undefined;
    const tabs = [...gone, ...living].filter((each) => each.person.name === now?.person.name);
    return rows.map(({ table, row }, kind) => {
      const other = now && { rows: tabs.map((tab) => tab.rows[kind]?.row ?? {}), name: now.person.name };
      const old = aged(other === undefined ? row : asRowOf({ table, row }, person.name, other), table, fate.age);
      return {
        table,
        row: fate.padding === undefined ? old : { ...old, [attribute]: padding(fate.padding) },
      };
    });
  });
  await ghosts.add(left.flat());
  return { left: left.map(([first]) => first?.row ?? {}), isNobodyForgotten };
}

interface Seen extends Pick<AmongGhosts, 'left' | 'lost'> {
  readonly placed: readonly Fated[];
  readonly living: readonly Living[];
  readonly table: RoomTable;
  readonly pages: ReadonlyArray<readonly string[]>;
}

function seenRows({ placed, living, left, lost, table, pages }: Seen): SeenRow[] {
  const stay = new Set(left.map((row) => keyOf(row, table)));
  return placed.map((each): SeenRow => {
    const key = keyOf(each.row, table);
    const seen = { id: idOf(each.row, table) ?? key, page: pages.findIndex((keys) => keys.includes(key)) + 1 };
    return living.includes(each)
      ? { ...seen, of: each.label, isLeft: !lost.includes(each.label) }
      : { ...seen, ...(each.fate.age === undefined ? {} : { age: each.fate.age }), isLeft: stay.has(key) };
  });
}

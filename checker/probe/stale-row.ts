import { randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Subject } from '../checking/check.ts';
import { saidTo, speakTo } from './among-ghosts.ts';
import type { RowFinder } from './connections.ts';
import { isTrouble } from './frames.ts';
import { type Ghosts, startGhosts } from './ghosts.ts';
import { indexesOfOnePage, untilIndexed } from './indexes.ts';
import type { Participant } from './join-all.ts';
import { limitReads } from './limit-reads.ts';
import { MORE_THAN_A_PAGE, PADDING, padding, paddingName } from './padding.ts';
import { inTable, keyOf, keysPresent, type RoomTable, roomTables, type StoredRow } from './room-tables.ts';
import { aged, idOf } from './row-copies.ts';
import { padRow, type Row, rowsIn } from './rows.ts';
import { saying } from './sayings.ts';
import { textsIn } from './texts.ts';
import { holdsRecentTime } from './times.ts';
import { deletedAfterLeaving, FORGETS_WITHIN, PAUSES, untilAllDeleted } from './until-deleted.ts';

/** Messages in a room that has a stale connection: one whose rows this check put back after `$disconnect`. */
export interface StaleRow {
  /** The label of the person whose connection ended. */
  readonly of: string;
  /** The tables with their rows, and how many there are. */
  readonly tables: readonly string[];
  readonly rows: number;
  readonly speaker: string;
  /** How many messages were sent. Everyone got all but possibly the last. */
  readonly messages: number;
  /** The text of the last one. */
  readonly text: string;
  /** The error that the speaker got. */
  readonly told?: string;
  /** The labels of those who didn't get the last message. */
  readonly missed: readonly string[];
  /** Whether all the rows are still there. */
  readonly isLeft: boolean;
  /**
   * Whether these rows and those of everyone else were too large for one page. Messages before had reached everyone.
   */
  readonly isPaged?: true;
  /**
   * Set if each read of these tables returned one row, however small: the rows of an index can have a little of each.
   */
  readonly isLimited?: true;
  /** The indexes that had all rows on one page nevertheless: they have only a little of each. */
  readonly small?: readonly string[];
}

/** What came of it so far: an error can come after the message, with the next one. */
export type UntilNow = () => StaleRow;

/** Why nobody sent a message past a stale row. */
export interface Untried {
  /** The label of the person whose row would have been stale. */
  readonly of: string;
  readonly why:
    | 'no row'
    /** A room can have its reasons to keep rows. */
    | 'not deleted'
    /** A time that `aged` can't set back, as in a key: handlers keep recent rows for a while. */
    | 'recent'
    /**
     * A room can list the connections of a channel in one row, where the id doesn't come back with the deleted rows.
     */
    | 'listed'
    | 'not in an index';
}

export interface StaleRowOptions {
  readonly finder: RowFinder;
  readonly leaver: Participant;
  /** The others in the room. */
  readonly people: readonly Participant[];
  /** Returns the text of the next message. */
  readonly textOf?: () => string;
  /** Whether to do it again with rows that take more than one page to read. */
  readonly pages?: boolean;
}

/**
 * How many messages are sent until the row is gone: the room can read from an index, and that can have an earlier state
 * of the row for a moment, in which the connection has just begun.
 */
const ATTEMPTS = 3;

/** How long `$disconnect` may take to remove the id from other rows after it has deleted one, in milliseconds. */
const DELISTED_WITHIN = { practice: 1_000, aws: 5_000 } as const;

/**
 * Somebody leaves, and the rows that `$disconnect` deletes are put back an hour older. Then somebody else sends a
 * message.
 */
export async function speakPastStaleRow(
  subject: Subject,
  { finder, leaver, people, textOf = saying, pages = false }: StaleRowOptions,
): Promise<UntilNow | Untried> {
  const of = leaver.label;
  const [rows = []] = await finder.rowsOf([leaver]);
  if (rows.length === 0) return { of, why: 'no row' };
  const others = (await finder.rowsOf(people)).flatMap(idsIn);
  const wasListed = await isListed(subject, rows, others);
  await leaver.person.leave();
  const deleted = await deletedAfterLeaving(subject, rows);
  if (deleted.length === 0) return { of, why: 'not deleted' };
  if (wasListed && !(await isListed(subject, rows, others, DELISTED_WITHIN[subject.target.kind])))
    return { of, why: 'listed' };
  const stale = deleted.map(({ table, row }) => ({ table, row: aged(row, table) }));
  if (stale.some(({ row }) => holdsRecentTime(row))) return { of, why: 'recent' };
  const ghosts = await startGhosts(subject);
  try {
    await ghosts.add(stale);
    if (!(await untilIndexed(subject, [leaver.person.name]))) return { of, why: 'not in an index' };
    const speaker = people[randomInt(Math.max(1, people.length))];
    if (speaker === undefined) throw new Error('Nobody is left in the room.');
    const past = await speakPast(subject, { of, stale, speaker, people, textOf });
    const { told, missed, isLeft } = past();
    if (!pages || told !== undefined || missed.length > 0 || isLeft) return past;
    const large = await speakPastLarge(subject, ghosts, { of, stale, people, textOf }, await finder.rowsOf(people));
    return large ?? past;
  } finally {
    await ghosts.remove();
  }
}

/**
 * Does it again when the stale rows and those of everyone present are large. Undefined if they still fit on one page,
 * or the room keeps several people in one row.
 */
async function speakPastLarge(
  subject: Subject,
  ghosts: Ghosts,
  past: Omit<Past, 'speaker'>,
  rows: ReadonlyArray<readonly StoredRow[]>,
): Promise<UntilNow | undefined> {
  const present = rows.flat();
  const all = [...past.stale, ...present];
  const isIn = ({ name }: RoomTable, stored: StoredRow) => stored.table.name === name;
  const table = all
    .map((stored) => stored.table)
    .find((each) => all.filter((one) => isIn(each, one)).length >= MORE_THAN_A_PAGE);
  if (table === undefined || new Set(all.map(inTable)).size < all.length) return undefined;
  const name = paddingName(all.map(({ row }) => row));
  for (const stored of present) await padRow(subject, stored.table, stored.row, [name, padding(PADDING)]);
  const stale = past.stale.map((stored) => ({ ...stored, row: { ...stored.row, [name]: padding(PADDING) } }));
  await ghosts.add(stale);
  await untilIndexed(
    subject,
    past.people.map(({ person }) => person.name),
  );
  // A room can add the sender to the people it finds, so the sender's row must be on the first page.
  const owner = (key: string) =>
    past.people.find((_, index) => rows[index]?.some((one) => isIn(table, one) && keyOf(one.row, table) === key));
  const [speaker] = (await keysPresent(subject, table)).flatMap((key) => owner(key) ?? []);
  if (speaker === undefined) return undefined;
  const tables = [...new Set(all.map((stored) => stored.table.name))];
  const limits = await limitReads(subject, tables);
  const until = await speakPast(subject, { ...past, stale, speaker }).finally(limits.end);
  const small = limits.isOn ? [] : await indexesOfOnePage(subject, tables);
  const more = { ...(limits.isOn ? { isLimited: true as const } : {}), ...(small.length === 0 ? {} : { small }) };
  return () => ({ ...until(), isPaged: true, ...more });
}

function idsIn(rows: readonly StoredRow[]): string[] {
  return rows.flatMap(({ table, row }) => idOf(row, table) ?? []);
}

/**
 * Returns whether a row other than these has the same connection id and another person's: a list, not the row of a
 * message. With `within`, it has this many milliseconds to lose it.
 */
async function isListed(
  subject: Pick<Subject, 'target' | 'resources' | 'signal'>,
  rows: readonly StoredRow[],
  others: readonly string[],
  within = 0,
): Promise<boolean> {
  const [id] = idsIn(rows);
  if (id === undefined) return false;
  const own = new Set(rows.map(inTable));
  const deadline = performance.now() + within;
  for (;;) {
    const lists = (await roomTables(subject)).map(async (table) =>
      (await rowsIn(subject, table.name)).some(
        (row) => !own.has(inTable({ table, row })) && has(row, id) && others.some((other) => has(row, other)),
      ),
    );
    if (!(await Promise.all(lists)).includes(true)) return false;
    if (performance.now() >= deadline) return true;
    await wait(PAUSES[subject.target.kind][1], undefined, { signal: subject.signal });
  }
}

function has(row: Row, id: string): boolean {
  return textsIn(row).some((text) => text.includes(id));
}

interface Past extends Required<Pick<StaleRowOptions, 'people' | 'textOf'>> {
  readonly of: string;
  readonly stale: readonly StoredRow[];
  readonly speaker: Participant;
}

async function speakPast(subject: Subject, { of, stale, speaker, people, textOf }: Past): Promise<UntilNow> {
  const from = speaker.person.heard.length;
  const told = () => speaker.person.heard.slice(from).find(isTrouble);
  for (let messages = 1; ; messages += 1) {
    const text = textOf();
    await speakTo(subject, speaker, people, { text });
    const heard = Object.entries(saidTo(speaker, people, text).heard);
    const missed = heard.flatMap(([label, times]) => (times === 0 ? label : []));
    const isWrong = missed.length > 0 || told() !== undefined;
    const within = FORGETS_WITHIN[subject.target.kind] / ATTEMPTS;
    const left = await untilAllDeleted(subject, stale, isWrong ? 0 : within);
    // A room with several rows for a connection can have a table of its own, and delete only the one there.
    const isLeft = left.length === stale.length;
    if (!isLeft || isWrong || messages === ATTEMPTS) {
      const tables = [...new Set(stale.map(({ table }) => table.name))];
      const seen = { of, tables, rows: stale.length, speaker: speaker.label, messages, text, missed, isLeft };
      return () => ({ ...seen, told: told()?.text });
    }
  }
}

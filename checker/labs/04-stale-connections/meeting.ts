import type { Subject } from '../../checking/check.ts';
import { type Living, type Said, saidTo, speakTo, textsHeard } from '../../probe/among-ghosts.ts';
import { isTrouble } from '../../probe/frames.ts';
import type { Ghosts } from '../../probe/ghosts.ts';
import { keyOf, keysPresent, type RoomTable, type StoredRow } from '../../probe/room-tables.ts';
import type { Row } from '../../probe/rows.ts';
import { saying } from '../../probe/sayings.ts';
import { untilDeleted } from '../../probe/until-deleted.ts';

/** A row whose connection id the checker made up. */
export interface MadeUp {
  readonly id: string;
  readonly row: Row;
  /** This row, and the others of the same connection. */
  readonly rows: readonly StoredRow[];
}

/** A message in a room whose table has a row with a made-up connection id. */
export interface Met extends Said {
  /** The error that the sender got, if any. */
  readonly told?: string;
  /** Whether the row with that id was still there at the end. */
  readonly isLeft: boolean;
  /** People who are in the room but whose rows are gone. */
  readonly lost: readonly string[];
}

/** How many ids to try until the row is in its place in a scan: people's own rows can be close together. */
const TRIES = 40;

/** How long the error may come after the row is gone, in milliseconds. */
const SOON = { practice: 500, aws: 3_000 } as const;

export interface Surroundings {
  readonly table: RoomTable;
  readonly living: readonly Living[];
  readonly ghosts: Ghosts;
  /** The rows of a stale connection, which are added, too. */
  readonly stale?: readonly StoredRow[];
}

/**
 * Adds a row so that a scan finds somebody's row after it, because a room that stops there shows, and the stale row
 * before it. After some tries, the row stays wherever it is.
 */
export async function addBeforeOthers(
  subject: Subject,
  { table, living, ghosts, stale = [] }: Surroundings,
  make: () => MadeUp,
): Promise<MadeUp> {
  for (let tried = 1; ; tried += 1) {
    const made = make();
    await ghosts.add(stale);
    await ghosts.add(made.rows, made.id);
    const present = await keysPresent(subject, table);
    const placeOf = (row: Row) => present.indexOf(keyOf(row, table));
    const last = Math.max(...living.map(({ row }) => placeOf(row)));
    const [own, before] = [placeOf(made.row), stale[0] === undefined ? -1 : placeOf(stale[0].row)];
    if ((before < own && own < last) || tried === TRIES) return made;
    await ghosts.remove();
  }
}

/** How many rows of stale connections come with the one whose posts fail: more than a few batches of 25. */
export const MANY = 60;

/**
 * Adds rows with many ids, and returns the one of them that a scan finds first or last: a room that posts in batches
 * can look only at the results of some.
 */
export async function addAmongMany(
  subject: Subject,
  { table, ghosts }: Pick<Surroundings, 'table' | 'ghosts'>,
  place: 'first' | 'last',
  make: () => MadeUp,
): Promise<MadeUp> {
  const made = Array.from({ length: 1 + MANY }, make);
  await ghosts.add(made.flatMap(({ rows }) => rows));
  const present = await keysPresent(subject, table);
  const placeOf = ({ row }: MadeUp) => present.indexOf(keyOf(row, table));
  const isBefore = (one: MadeUp, other: MadeUp) => placeOf(one) < placeOf(other) === (place === 'first');
  return made.reduce((found, each) => (isBefore(each, found) ? each : found));
}

export interface Meeting {
  readonly table: RoomTable;
  readonly living: readonly Living[];
  readonly speaker: Living;
  readonly madeUp: Row;
}

/** Sends a message, and waits until its sender got an error or a row is gone; only for a while once it has arrived. */
export async function meet(subject: Subject, { table, living, speaker, madeUp }: Meeting): Promise<Met> {
  const text = saying();
  const { heard } = speaker.person;
  const before = heard.length;
  const earlier = textsHeard(living);
  const told = () => heard.slice(before).find(isTrouble);
  const lostFrom = (present: ReadonlySet<string>) => living.filter(({ row }) => !present.has(keyOf(row, table)));
  await speakTo(subject, speaker, living, { text });
  const isOver = (present: ReadonlySet<string>) => told() !== undefined || lostFrom(present).length > 0;
  await untilDeleted(subject, table, [madeUp], isOver);
  await speaker.person.hears(() => told() !== undefined, SOON[subject.target.kind]);
  // Read again: the error may have come after the last read.
  const present = new Set(await keysPresent(subject, table));
  const error = told()?.text;
  return {
    ...saidTo(speaker, living, text, earlier),
    told: error,
    isLeft: present.has(keyOf(madeUp, table)),
    lost: lostFrom(present).map(({ label }) => label),
  };
}

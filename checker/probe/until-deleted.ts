import type { Subject } from '../checking/check.ts';
import { untilAllEnded } from '../observe/runs.ts';
import { keyOf, keysPresent, type RoomTable, type StoredRow } from './room-tables.ts';
import type { Row } from './rows.ts';
import { untilNextLook } from './until-quiet.ts';

/** How long the room has to delete a row, in milliseconds: on AWS a cold function starts slowly. */
export const FORGETS_WITHIN = { practice: 3_000, aws: 15_000 } as const;

/**
 * How long `$disconnect` has to delete a row, in milliseconds. If it came later, it would delete the ghost, and a room
 * that never deletes any would seem to.
 */
export const LEAVES_WITHIN = { practice: 15_000, aws: 30_000 } as const;

/**
 * The time between two reads of the table, in milliseconds: initially, and at most. Each read costs read capacity on
 * AWS.
 */
export const PAUSES = { practice: [10, 250], aws: [200, 2_000] } as const;

/** How long a room that has deleted a row may take to delete the others of the same connection, in milliseconds. */
const APART = { practice: 500, aws: 3_000 } as const;

/**
 * Waits until none of these rows is left, time is up, or there is a reason to stop. Returns those that remain. Reads no
 * table whose rows are all gone.
 */
export async function untilAllDeleted(
  subject: Pick<Subject, 'target' | 'signal'>,
  rows: readonly StoredRow[],
  within: number,
  isOver: (left: readonly StoredRow[]) => boolean = () => false,
): Promise<readonly StoredRow[]> {
  const deadline = performance.now() + within;
  const [first, longest] = PAUSES[subject.target.kind];
  let left = rows;
  for (let pause: number = first; ; pause = Math.min(pause * 2, longest)) {
    // What deletes them has only just begun.
    if (left.length > 0 && performance.now() < deadline) await untilNextLook(subject, pause);
    left = await stillStored(subject, left);
    if (left.length === 0 || isOver(left) || performance.now() >= deadline) return left;
  }
}

async function stillStored(subject: Pick<Subject, 'target'>, rows: readonly StoredRow[]): Promise<StoredRow[]> {
  const present = new Map<RoomTable, ReadonlySet<string>>();
  for (const { table } of rows) {
    if (!present.has(table)) present.set(table, new Set(await keysPresent(subject, table)));
  }
  return rows.filter(({ table, row }) => present.get(table)?.has(keyOf(row, table)));
}

/**
 * Waits for `$disconnect` to delete rows of somebody who has just left the room. Returns those that it deletes; none if
 * it deletes none in time.
 */
export async function deletedAfterLeaving(
  subject: Pick<Subject, 'target' | 'signal'>,
  rows: readonly StoredRow[],
): Promise<StoredRow[]> {
  const { kind } = subject.target;
  const isSomeGone = (left: readonly StoredRow[]) => left.length < rows.length;
  const left = await untilAllDeleted(subject, rows, LEAVES_WITHIN[kind], isSomeGone);
  const kept = isSomeGone(left) ? await untilAllDeleted(subject, left, APART[kind]) : left;
  return rows.filter((stored) => !kept.includes(stored));
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

import type { Subject } from '../checking/check.ts';
import { keyOf, keysPresent, LEAVES_WITHIN, PAUSES, type RoomTable, type StoredRow } from './ghosts.ts';
import { untilNextLook } from './until-quiet.ts';

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

import type { Subject } from '../../checking/check.ts';
import { putRows, type Row, removeRows } from '../../probe/rows.ts';

/** How often somebody asks for a history whose rows have changed: a room can read a table that is a moment behind. */
export const ATTEMPTS = 3;

/** Between two requests, in milliseconds. */
export const PAUSE = { practice: 200, aws: 2_000 } as const;

/**
 * Removes the checker's own rows from a table, and returns a function that puts them back. Once the check has ended, as
 * at a deadline, they stay away: nobody would remove them anymore.
 */
export async function setAside(
  subject: Pick<Subject, 'target' | 'afterwards'>,
  table: string,
  rows: readonly Row[],
): Promise<() => Promise<void>> {
  let restoring: Promise<unknown> = Promise.resolve();
  let isOver = false;
  subject.afterwards(async () => {
    // A look that took too long goes on.
    isOver = true;
    await restoring.catch(() => {});
    await removeRows(subject, table, rows);
  });
  await removeRows(subject, table, rows);
  return async () => {
    if (isOver) return;
    const putting = putRows(subject, table, rows);
    restoring = putting;
    await putting;
  };
}

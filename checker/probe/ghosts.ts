import type { Subject } from '../checking/check.ts';
import { batchesOf } from './batches.ts';
import { startNote } from './notes.ts';
import { inTable, type StoredRow } from './room-tables.ts';
import { idOf } from './row-copies.ts';
import { putRows, removeRows, sweepLeftRows } from './rows.ts';
import { textsIn } from './texts.ts';

// Rows of connections that have ended, as they remain if `$disconnect` never runs: somebody's train goes into a tunnel.
// Closing a socket does run `$disconnect`, so the row is put back after that has deleted it. A handler can't recognize
// such a row: its id belongs to a connection that existed, and the rest is copied from a visitor.

/** The parts of a subject needed to put rows into its tables. */
export type Haunted = Pick<Subject, 'root' | 'lab' | 'target' | 'resources' | 'signal' | 'afterwards' | 'ended'>;

/** Rows that were put into tables, until they are removed. */
export interface Ghosts {
  /** Adds rows, which may have a made-up connection id. Rejects once the check has ended or was interrupted. */
  add(rows: readonly StoredRow[], madeUpId?: string): Promise<void>;
  /** Removes all of them that still exist. The subject does it afterward, too, so nothing stays in any case. */
  remove(): Promise<void>;
}

/**
 * Starts with no rows. First removes from the tables what couldn't be removed before. Most rows need no note: they are
 * copies with visitors' names, and the visit notes those. A room may store no names, but an id identifies a row, too.
 */
export async function startGhosts(subject: Haunted): Promise<Ghosts> {
  await sweepLeftRows(subject);
  const note = startNote(subject, 'visits');
  const added = new Map<string, StoredRow>();
  let adding: Promise<unknown> = Promise.resolve();
  let isOver = false;
  // The next visit removes what can't be removed here, and a row that was added although the answer was lost.
  const orLeave = async (work: Promise<unknown>) => {
    try {
      await work;
    } catch (error) {
      await note.leave();
      throw error;
    }
  };
  const remove = async () => {
    await adding.catch(() => {});
    const rows = [...added];
    for (const name of new Set(rows.map(([, { table }]) => table.name))) {
      const own = rows.flatMap(([, { table, row }]) => (table.name === name ? [row] : []));
      await orLeave(removeRows(subject, name, own));
    }
    for (const [key] of rows) added.delete(key);
    if (added.size === 0) await note.drop();
  };
  subject.afterwards(() => {
    // A look that took too long goes on.
    isOver = true;
    return remove();
  });
  return {
    async add(rows, madeUpId) {
      const ids = rows.flatMap(({ table, row }) => {
        const id = madeUpId ?? idOf(row, table);
        return id === undefined ? [] : textsIn(row).filter((text) => text.includes(id));
      });
      await note.add(...new Set(ids));
      const add = async () => {
        for (const { table, rows: those } of batchesOf(rows)) {
          subject.signal.throwIfAborted();
          if (isOver) throw new Error('The check that adds rows has ended.');
          for (const stored of those) added.set(inTable(stored), stored);
          const own = those.map(({ row }) => row);
          await putRows(subject, table, own, subject.signal);
        }
      };
      adding = add();
      await orLeave(adding);
    },
    remove,
  };
}

import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { isAlive } from './is-alive.ts';

/** The text that a process writes into a lock, and its judgment of other processes' texts. */
export interface Holder {
  readonly text: string;
  /** Whether the writer is gone. Not called for an empty lock: that one is abandoned once it is old. */
  isLeft(text: string): boolean | Promise<boolean>;
}

/** The result of an attempt: `in between` if the lock is being created, released or taken over; try again. */
export type LockState = 'ours' | 'in between' | { readonly heldBy: string };

/** A lock is empty for a moment after it is created; in milliseconds. */
const OLD = 5_000;

/** Locks that contain a process id. */
export const thisProcess: Holder = { text: String(process.pid), isLeft: (text) => !isAlive(Number.parseInt(text, 10)) };

/**
 * Takes a lock, which is a file, unless another process has it; takes over locks of ended processes. The owner releases
 * it by deleting the file.
 */
export async function tryLock(path: string, holder: Holder): Promise<LockState> {
  if (await isMade(path, holder.text)) return 'ours';
  const found = await look(path, holder);
  if (found !== 'left') return found;
  await takeAwayLeft(path, holder);
  return (await isMade(path, holder.text)) ? 'ours' : 'in between';
}

/**
 * Deletes an abandoned lock. Two processes may find the same one, and the slower one would delete what the faster one
 * created instead. So deleting requires a lock of its own, and a second look.
 */
export async function takeAwayLeft(path: string, holder: Holder): Promise<void> {
  const claim = `${path}.left`;
  if ((await tryLock(claim, thisProcess)) !== 'ours') return;
  try {
    if ((await look(path, holder)) === 'left') await rm(path, { force: true });
  } finally {
    await rm(claim, { force: true });
  }
}

async function look(path: string, { isLeft }: Holder): Promise<Exclude<LockState, 'ours'> | 'left'> {
  const text = await readFile(path, 'utf8').catch(() => '');
  if (text !== '') return (await isLeft(text)) ? 'left' : { heldBy: text };
  const made = await stat(path).catch(() => undefined);
  return made !== undefined && made.mtimeMs < Date.now() - OLD ? 'left' : 'in between';
}

/** Creates the file, unless it exists. */
async function isMade(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    // Windows reports EPERM while another process is deleting it.
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || (code === 'EPERM' && process.platform === 'win32')) return false;
    throw error;
  }
}

import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { isAlive } from './is-alive.ts';

/** What a process writes into a lock that it makes, and how it judges what another one wrote. */
export interface Holder {
  readonly text: string;
  /** Whether whoever wrote that is gone. It is not asked of an empty lock: that one is left once it is old. */
  isLeft(text: string): boolean | Promise<boolean>;
}

/** What became of an attempt: `in between` where the lock is being made, freed or taken over; the next attempt tells. */
export type LockState = 'ours' | 'in between' | { readonly heldBy: string };

/** A lock is empty for the moment between its being made and being written; in milliseconds. */
const OLD = 5_000;

/** Locks that hold the number of a process. */
export const thisProcess: Holder = { text: String(process.pid), isLeft: (text) => !isAlive(Number(text)) };

/**
 * Makes a lock, which is a file, unless another process has it; one that was left by a process that is gone is taken
 * over. Whoever has it frees it by deleting the file.
 */
export async function tryLock(path: string, holder: Holder): Promise<LockState> {
  if (await isMade(path, holder.text)) return 'ours';
  const found = await look(path, holder);
  if (found !== 'left') return found;
  await takeAwayLeft(path, holder);
  return (await isMade(path, holder.text)) ? 'ours' : 'in between';
}

/**
 * Deletes a lock if it was left. Two processes may find the same one left, and the slower would delete what the quicker
 * has made in its place: so whoever deletes has a lock of its own for that, and looks again.
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

/** Makes the file, unless it is there. */
async function isMade(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    // Windows says EPERM while another process is deleting it.
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || (code === 'EPERM' && process.platform === 'win32')) return false;
    throw error;
  }
}

import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { thisProcess, tryLock } from './lock.ts';
import { until } from './until.ts';

export interface HoldLock {
  /** The lock's file. */
  readonly path: string;
  /** The longest that a task can have it, in milliseconds; then the next one takes it. */
  readonly longest?: number;
  /** Aborts the waiting, which then rejects with the reason. */
  readonly signal: AbortSignal;
  /** Called once with the id of the process that this waits for. */
  readonly onWait: (pid: string) => void;
}

/**
 * Takes a lock that one task at a time can have, in this process or another; waits for the task that has it. Returns
 * what releases it.
 */
export async function holdLock({ path, longest, signal, onWait }: HoldLock): Promise<() => Promise<void>> {
  await mkdir(dirname(path), { recursive: true });
  let isTold = false;
  await until(async () => {
    signal.throwIfAborted();
    const attempt = await tryLock(path, { ...thisProcess, longest });
    if (attempt === 'ours') return true;
    if (attempt !== 'in between' && !isTold) {
      isTold = true;
      onWait(attempt.heldBy);
    }
    return false;
  }, Number.POSITIVE_INFINITY);
  return () => rm(path, { force: true });
}

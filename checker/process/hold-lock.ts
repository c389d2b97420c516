import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { isAlive } from './is-alive.ts';
import { type Holder, tryLock } from './lock.ts';
import { until } from './until.ts';

/** How often a holder touches its lock, in milliseconds. */
const BEAT = 5_000;

/** How long a lock may be left untouched before the next task takes it, in milliseconds. */
const SILENCE = 30_000;

/** How long a lock may be neither free nor anybody's, in milliseconds; usually that is a moment. */
const UNCLEAR = 15_000;

/** The texts in the locks that this process holds. */
const held = new Set<string>();

/** A lock that is neither free nor anybody's, and doesn't change: the file system may hide what is there. */
export class UnclearLockError extends Error {
  override readonly name = 'UnclearLockError';

  constructor(path: string) {
    super(`The lock ${path} can't be taken.`);
  }
}

export interface HoldLock {
  /** The lock's file. */
  readonly path: string;
  /** Aborts the waiting, which then rejects with the reason. */
  readonly signal: AbortSignal;
  /** Called with the id of the process that this waits for, once for each. */
  readonly onWait: (pid: string) => void;
  /** Instead of half a minute, in milliseconds. */
  readonly silence?: number;
}

/**
 * Takes a lock that one task at a time can have, in this process or another; waits for the task that has it. Returns
 * what releases it, which never rejects. Rejects if the file can't be created, with an UnclearLockError if the system
 * doesn't say why.
 */
export async function holdLock({ path, signal, onWait, silence }: HoldLock): Promise<() => Promise<void>> {
  await mkdir(dirname(path), { recursive: true });
  const text = `${process.pid} ${hostname()} ${randomUUID()}`;
  const holder: Holder = { text, isLeft: silent(path, silence) };
  let told: string | undefined;
  let unclear: number | undefined;
  await until(async () => {
    signal.throwIfAborted();
    const attempt = await tryLock(path, holder);
    if (attempt === 'ours') return true;
    if (attempt === 'in between') {
      unclear ??= performance.now();
      if (performance.now() - unclear > UNCLEAR) throw new UnclearLockError(path);
      return false;
    }
    unclear = undefined;
    const { pid } = writerOf(attempt.heldBy);
    if (pid !== told) onWait(pid);
    told = pid;
    return false;
  }, Number.POSITIVE_INFINITY);
  held.add(text);
  const beat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => {});
  }, BEAT).unref();
  return async () => {
    clearInterval(beat);
    held.delete(text);
    // Another task may have taken it.
    const isOurs = (await readFile(path, 'utf8').catch(() => '')) === text;
    if (isOurs) await rm(path, { force: true }).catch(() => {});
  };
}

/** Returns the id of the process that wrote a lock's text, and whether it is one of this host. */
export function writerOf(text: string): { readonly pid: string; readonly isHere: boolean } {
  const [pid = '', host = hostname()] = text.split(' ');
  return { pid, isHere: host === hostname() };
}

/**
 * Returns a function that says whether a lock's writer is gone: it has ended, or hasn't touched the lock while we
 * waited. Our own time counts, since the machine may have slept. The id of an ended process can belong to another one,
 * even to this, and says nothing on another host.
 */
function silent(path: string, silence = SILENCE): Holder['isLeft'] {
  let touched = '';
  let since = 0;
  return async (text) => {
    const { pid, isHere } = writerOf(text);
    if (isHere) {
      if (!isAlive(Number(pid))) return true;
      if (Number(pid) === process.pid) return !held.has(text);
    }
    const { mtimeMs = 0 } = (await stat(path).catch(() => undefined)) ?? {};
    if (touched !== `${text} ${mtimeMs}`) since = performance.now();
    touched = `${text} ${mtimeMs}`;
    return performance.now() - since > silence;
  };
}

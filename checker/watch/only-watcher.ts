import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isLabCommand } from '../aws/is-lab-command.ts';
import { LabError } from '../failures/errors.ts';
import { isAlive } from '../process/is-alive.ts';
import { tryLock } from '../process/lock.ts';
import { until } from '../process/until.ts';
import { writeWhole } from '../process/write-whole.ts';
import type { Watching } from '../report/next-command.ts';
import { gameDayId } from '../workshop/game-day-folder.ts';
import { noteWatched } from '../workshop/lab-at-hand.ts';

/** Longer than a lock can be empty before it counts as abandoned, in milliseconds. */
const patience = 6000;

/**
 * Makes this process the one that watches the checkout; call the result to stop. Rejects with a LabError if another one
 * is watching: two of them would deploy the same save twice.
 */
export async function becomeOnlyWatcher(root: string, lab: string): Promise<() => Promise<void>> {
  const lock = lockOf(root);
  await mkdir(join(root, '.lab'), { recursive: true });
  const came = await until(async () => {
    const attempt = await tryLock(lock, {
      text: lockText(lab),
      isLeft: async (text) => !(await watches(root, watcherIn(text))),
    });
    if (attempt === 'ours' || attempt === 'in between') return attempt === 'ours';
    throw watched(JSON.parse(attempt.heldBy) as Watching);
  }, patience);
  if (!came) throw new LabError('Another `lab start` just began watching.', 'Use that one.');
  return () => rm(lock, { force: true });
}

/** Records that the only watcher, this process, watches a lab from now on: in `.lab/watching`, its lock. */
export async function watchNow(root: string, lab: string): Promise<void> {
  await writeWhole(lockOf(root), lockText(lab));
  // A game day is no lab for commands without a name.
  if (lab !== gameDayId) await noteWatched(root, lab);
}

/** The process that is watching the checkout, and the lab that it is watching now; undefined if none is watching. */
export async function watcherOf(root: string): Promise<Watching | undefined> {
  const text = await readFile(lockOf(root), 'utf8').catch(() => '');
  const watcher = watcherIn(text);
  return (await watches(root, watcher)) ? watcher : undefined;
}

function lockText(lab: string): string {
  return JSON.stringify({ pid: process.pid, lab } satisfies Watching);
}

/** Whether it still exists: process ids are reused. */
async function watches(root: string, watcher: Watching | undefined): Promise<boolean> {
  return watcher !== undefined && isAlive(watcher.pid) && (await isLabCommand(root, watcher.pid, true));
}

function lockOf(root: string): string {
  return join(root, '.lab', 'watching');
}

function watched({ pid, lab }: Watching): LabError {
  const [command, at, meanwhile] =
    lab === gameDayId
      ? ['lab gameday', '', 'npx lab gameday status']
      : ['lab start', `, now at ${lab}`, 'npx lab check'];
  return new LabError(
    `\`${command}\` is already watching this workshop: process ${pid}${at}.`,
    `Use it in its terminal, or press q there to stop it. If it has no terminal, \`${stopping(pid)}\` stops it. \`${meanwhile}\` works meanwhile.`,
  );
}

/** Windows sends no signals, and a process without a window ends only by force. */
function stopping(pid: number): string {
  return process.platform === 'win32' ? `taskkill /F /PID ${pid}` : `kill ${pid}`;
}

/** Undefined if it is incomplete. */
function watcherIn(text: string): Watching | undefined {
  try {
    return JSON.parse(text) as Watching;
  } catch {
    return undefined;
  }
}

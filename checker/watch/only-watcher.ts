import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isLabCommand } from '../aws/is-lab-command.ts';
import { LabError } from '../failures/errors.ts';
import { isAlive } from '../process/is-alive.ts';
import { tryLock } from '../process/lock.ts';
import { until } from '../process/until.ts';
import type { Watching } from '../report/next-command.ts';
import { gameDayId } from '../workshop/game-day-folder.ts';
import { lastWatched, noteWatched } from '../workshop/lab-at-hand.ts';

/** Longer than a lock can be empty before it counts as abandoned, in milliseconds. */
const patience = 6000;

/** The process that watches this checkout: `.lab/watching`. */
interface Watcher {
  readonly pid: number;
  /** The lab that it started with. */
  readonly lab: string;
}

/**
 * Makes this process the one that watches the checkout; call the result to stop. Rejects with a LabError if another one
 * is watching: two of them would deploy the same save twice.
 */
export async function becomeOnlyWatcher(root: string, lab: string): Promise<() => Promise<void>> {
  const lock = lockOf(root);
  await mkdir(join(root, '.lab'), { recursive: true });
  const came = await until(async () => {
    const attempt = await tryLock(lock, {
      text: JSON.stringify({ pid: process.pid, lab } satisfies Watcher),
      isLeft: async (text) => !(await watches(root, watcherIn(text))),
    });
    if (attempt === 'ours' || attempt === 'in between') return attempt === 'ours';
    throw watched(JSON.parse(attempt.heldBy) as Watcher);
  }, patience);
  if (!came) throw new LabError('Another `lab start` just began watching.', 'Use that one.');
  await noteWatched(root, lab);
  return () => rm(lock, { force: true });
}

/** The process that is watching the checkout, and the lab that it is watching now; undefined if none is watching. */
export async function watcherOf(root: string): Promise<Watching | undefined> {
  const text = await readFile(lockOf(root), 'utf8').catch(() => '');
  const watcher = watcherIn(text);
  if (watcher === undefined || !(await watches(root, watcher))) return undefined;
  return { ...watcher, lab: (await lastWatched(root)) ?? watcher.lab };
}

/** Whether it still exists: process ids are reused. */
async function watches(root: string, watcher: Watcher | undefined): Promise<boolean> {
  return watcher !== undefined && isAlive(watcher.pid) && (await isLabCommand(root, watcher.pid, true));
}

function lockOf(root: string): string {
  return join(root, '.lab', 'watching');
}

function watched({ pid, lab }: Watcher): LabError {
  const [command, started, meanwhile] =
    lab === gameDayId
      ? ['lab gameday', '', 'npx lab gameday status']
      : ['lab start', `, started with ${lab}`, 'npx lab check'];
  return new LabError(
    `\`${command}\` is already watching this workshop: process ${pid}${started}.`,
    `Use it in its terminal, or press q there to stop it. \`${meanwhile}\` works meanwhile.`,
  );
}

/** Undefined if it is incomplete. */
function watcherIn(text: string): Watcher | undefined {
  try {
    return JSON.parse(text) as Watcher;
  } catch {
    return undefined;
  }
}

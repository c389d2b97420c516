import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writerOf } from '../process/hold-lock.ts';
import { isAlive } from '../process/is-alive.ts';
import { takeAwayLeft, thisProcess } from '../process/lock.ts';
import { unfinished } from '../process/write-whole.ts';

/**
 * The folders in `.lab` in which processes keep temporary files, and the names of those: `01-missing-route.4711`.
 * People keep their own copies in `.lab` itself.
 */
const folders: ReadonlyArray<readonly [folder: string, named: RegExp]> = [
  ['', /^probe\.(\d+)$/],
  ['out', /\.(\d+)$/],
  ...['', 'deployed', 'own'].map((folder) => [folder, unfinished] as const),
];

/** Removes the leftovers of ended processes in `.lab`: assemblies, partial files, locks. Never rejects. */
export async function sweepLeft(root: string): Promise<void> {
  const lab = join(root, '.lab');
  const paths = await Promise.all([
    ...folders.map(([folder, named]) => ownedIn(join(lab, folder), named)),
    workIn(lab),
  ]);
  // A file that can't be removed now does no harm.
  const leave = (path: string) => rm(path, { recursive: true, force: true, maxRetries: 2 }).catch(() => {});
  const free = (lock: string) => takeAwayLeft(lock, thisProcess).catch(() => {});
  await Promise.all([...paths.flat().map(leave), ...(await locksIn(lab)).map(free)]);
}

/** Entries that are named after an ended process. */
async function ownedIn(folder: string, pattern: RegExp): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => isGone(pattern.exec(name)?.[1])).map((name) => join(folder, name));
}

/** Locks of deployments and checks contain the id of the process that took them. */
async function locksIn(lab: string): Promise<string[]> {
  const found = ['deploying', 'checking'].map(async (name) => {
    const folder = join(lab, name);
    return (await readdir(folder).catch(() => [])).map((lock) => join(folder, lock));
  });
  const paths = (await Promise.all(found)).flat();
  const writers = await Promise.all(paths.map(async (path) => writerOf(await readFile(path, 'utf8').catch(() => ''))));
  return paths.filter((_, index) => writers[index]?.isHere && isGone(writers[index].pid));
}

/** Copies for demonstrations. */
async function workIn(lab: string): Promise<string[]> {
  const folder = join(lab, 'work');
  const labs = await readdir(folder).catch(() => []);
  return (await Promise.all(labs.map((id) => ownedIn(join(folder, id), /^demo-(\d+)$/)))).flat();
}

function isGone(pid: string | undefined): boolean {
  return pid !== undefined && /^[1-9]\d*$/.test(pid) && !isAlive(Number(pid));
}

import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from '../process/is-alive.ts';
import { takeAwayLeft, thisProcess } from '../process/lock.ts';

/**
 * The folders in `.lab` where a process leaves what is its own for a while, and how that is called: `01-missing-route.4711`.
 * In `.lab` itself people keep copies of their own.
 */
const folders = { '': /^(?:probe|target\.json)\.(\d+)$/, out: /\.(\d+)$/, deployed: /\.json\.(\d+)$/ };

/** Takes away what processes that are gone have left in `.lab`: assemblies, halves of files, locks. Never rejects. */
export async function sweepLeft(root: string): Promise<void> {
  const lab = join(root, '.lab');
  const paths = await Promise.all([
    ...Object.entries(folders).map(([folder, named]) => ownedIn(join(lab, folder), named)),
    workIn(lab),
  ]);
  // What cannot be taken away now stands in nobody's way.
  const leave = (path: string) => rm(path, { recursive: true, force: true, maxRetries: 2 }).catch(() => {});
  const free = (lock: string) => takeAwayLeft(lock, thisProcess).catch(() => {});
  await Promise.all([...paths.flat().map(leave), ...(await locksIn(lab)).map(free)]);
}

/** What is named by a process that is gone. */
async function ownedIn(folder: string, pattern: RegExp): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => isGone(pattern.exec(name)?.[1])).map((name) => join(folder, name));
}

/** The locks of deployments hold the process that took them. */
async function locksIn(lab: string): Promise<string[]> {
  const folder = join(lab, 'deploying');
  const paths = (await readdir(folder).catch(() => [])).map((name) => join(folder, name));
  const holders = await Promise.all(paths.map((path) => readFile(path, 'utf8').catch(() => '')));
  return paths.filter((_, index) => isGone(holders[index]));
}

/** What was laid out to be shown before a room. */
async function workIn(lab: string): Promise<string[]> {
  const folder = join(lab, 'work');
  const labs = await readdir(folder).catch(() => []);
  return (await Promise.all(labs.map((id) => ownedIn(join(folder, id), /^demo-(\d+)$/)))).flat();
}

function isGone(pid: string | undefined): boolean {
  return pid !== undefined && /^[1-9]\d*$/.test(pid) && !isAlive(Number(pid));
}

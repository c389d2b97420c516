import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { acquire } from '../aws/acquire.ts';
import { runningTarget, targetOf } from '../aws/open.ts';
import { announcedOwner, isHeld, isOwner, type Owner, practiceIdentity, startPractice } from '../aws/practice.ts';
import type { Target } from '../aws/target.ts';

export interface OpenFolder {
  /** The learner's checkout. */
  readonly folder: string;
  /** A copy of it, by `copyFolder`. */
  readonly copy: string;
  readonly say: (message: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Opens the practice account of a learner's folder: joins it if it is running there, otherwise starts its copy. The
 * folder never decides where the grader connects: `.lab/target.json` is not read, and an announced owner must also hold
 * the account's state, which no copied file does. Rejects with a LabError if the account can't be opened.
 */
export async function openFolder({ folder, copy, say, signal }: OpenFolder): Promise<Target> {
  return acquire<Target>({
    port: 0,
    asked: false,
    say,
    signal,
    async attempt(port) {
      const owner = await ownerAtWork(folder);
      if (owner?.lasting) return runningTarget(await practiceIdentity(folder), owner, folder);
      if (owner !== undefined) return { busy: owner };
      const started = await startPractice({ root: copy, command: 'lab grade', say, port, lasting: false });
      return started === 'port taken' || 'busy' in started ? started : targetOf(started, copy);
    },
  });
}

/** The process that currently works in the folder's account. */
async function ownerAtWork(folder: string): Promise<Owner | undefined> {
  const owner = await announcedOwner(folder);
  return owner !== undefined && (await isOwner(owner)) && (await isHeld(folder)) ? owner : undefined;
}

/** Whether `lab use aws` was run in the folder: then there is nothing to grade in its practice account. */
export async function usesAws(folder: string): Promise<boolean> {
  const path = join(folder, '.lab', 'target.json');
  const found = await lstat(path).catch(() => undefined);
  if (!found?.isFile() || found.size > 10_000) return false;
  const text = await readFile(path, 'utf8').catch(() => '');
  return /"kind"\s*:\s*"aws"/.test(text);
}

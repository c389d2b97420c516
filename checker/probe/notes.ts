import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { readdir, readFile, rm, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Subject } from '../checking/check.ts';
import { isAlive } from '../process/is-alive.ts';
import { FORGOTTEN_AFTER } from './tag.ts';

// Nothing in a visitor's name marks it as the checker's. Leftovers of a killed command are identified by a note in
// `.lab`, which is deleted once the visitors' traces are.

/**
 * Where visitors leave traces: in the room's tables, or as users and groups of its pool. Each is the name of a folder.
 */
type Traces = 'visits' | 'users' | 'groups';

type Noting = Pick<Subject, 'root' | 'lab'> & { readonly target: Pick<Subject['target'], 'title'> };

/** A note of visitors' names. */
export interface Note {
  readonly names: ReadonlySet<string>;
  /** Adds names before anything in the account has them. An unwritable folder is not an error. */
  add(...names: readonly string[]): Promise<void>;
  /** Removes the note: nothing in the account has these names anymore. */
  drop(): Promise<void>;
}

/** Starts a note. The first name creates the file. */
export function startNote(noting: Noting, traces: Traces): Note {
  const folder = folderOf(noting, traces);
  const path = join(folder, `${randomUUID()}.json`);
  const names = new Set<string>();
  const at = Date.now();
  return {
    names,
    async add(...added) {
      if (added.length === 0) return;
      for (const name of added) names.add(name);
      const { lab, target } = noting;
      const by = { pid: process.pid, host: hostname() };
      const note = JSON.stringify({ lab, account: target.title, at, ...by, names: [...names] });
      try {
        // Takes a tenth of what promises take, and a check has a hundred visitors.
        mkdirSync(folder, { recursive: true });
        writeFileSync(path, `${note}\n`, { mode: 0o600 });
      } catch {
        // Visits need no note; only a killed command would miss it.
      }
    },
    drop: () => unlink(path).catch(() => {}),
  };
}

/** Returns the names in the notes that killed commands left for this account and lab. */
export async function forgottenNames(noting: Noting, traces: Traces, now = Date.now()): Promise<string[]> {
  return (await forgottenNotes(noting, traces, now)).flatMap(({ names }) => names);
}

/** Removes those notes. */
export async function dropForgotten(noting: Noting, traces: Traces, now = Date.now()): Promise<void> {
  const notes = await forgottenNotes(noting, traces, now);
  await Promise.all(notes.map(({ path }) => rm(path, { force: true }).catch(() => {})));
}

async function forgottenNotes(
  noting: Noting,
  traces: Traces,
  now: number,
): Promise<Array<{ path: string; names: string[] }>> {
  const folder = folderOf(noting, traces);
  const files = await readdir(folder).catch(() => []);
  const notes = await Promise.all(
    files.map(async (file) => {
      const path = join(folder, file);
      try {
        const { lab, account, at, names, ...by } = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
        const isOurs = lab === noting.lab && account === noting.target.title && Array.isArray(names);
        const isForgotten = Number(at) < now - FORGOTTEN_AFTER || hasEnded(by);
        return isOurs && isForgotten ? [{ path, names: names.map(String) }] : [];
      } catch {
        // Another command removed it, or is writing it at this moment.
        return [];
      }
    }),
  );
  return notes.flat();
}

/**
 * Returns whether the command that wrote a note was killed. Commands of another machine that shares the folder are
 * unknown.
 */
function hasEnded({ pid, host }: Readonly<Record<string, unknown>>): boolean {
  return host === hostname() && typeof pid === 'number' && !isAlive(pid);
}

function folderOf({ root }: Noting, traces: Traces): string {
  return join(root, '.lab', traces);
}

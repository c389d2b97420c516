import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Subject } from '../checking/check.ts';
import { isAlive } from '../process/is-alive.ts';
import { FORGOTTEN_AFTER } from './tag.ts';

// Nothing in a visitor's name marks it as the checker's. Leftovers of a killed command, or of a check that couldn't
// remove them, are identified by a note in `.lab`, which is deleted once the visitors' traces are.

/**
 * Where visitors leave traces: in the room's tables, or as users and groups of its pool. Each is the name of a folder.
 */
type Traces = 'visits' | 'users' | 'groups';

type Noting = Pick<Subject, 'root' | 'lab'> & { readonly target: Pick<Subject['target'], 'title'> };

/** Notes of earlier versions lack this. Among their visitors' names were words of handlers, such as a channel's name. */
const FORMAT = 2;

/**
 * How long a note counts as one of a running command of this machine, in milliseconds. A laptop can sleep during a
 * check, but no connection lasts a day, and ids of processes are used again.
 */
const LONGEST = 24 * 60 * 60_000;

/** A note of visitors' names. Rows with one of them are deleted, so each is made up: nobody else has it. */
export interface Note {
  readonly names: ReadonlySet<string>;
  /**
   * Adds names before anything in the account has them. Empty ones are left out: anyone's row can have an empty text. An
   * unwritable folder is not an error.
   */
  add(...names: readonly string[]): Promise<void>;
  /** The visitors have left: other commands can remove their traces, too. */
  end(): Promise<void>;
  /** Some traces couldn't be removed: other checks should. At the end of its check, every remaining note says so. */
  leave(): Promise<void>;
  /** Removes the note: nothing in the account has these names anymore. */
  drop(): Promise<void>;
}

/** Starts a note. The first name creates the file. */
export function startNote(noting: Noting & Pick<Subject, 'ended'>, traces: Traces): Note {
  const folder = folderOf(noting, traces);
  const path = join(folder, `${randomUUID()}.jsonl`);
  const names = new Set<string>();
  const at = Date.now();
  let [isThere, isWritten, isLeft] = [false, false, false];
  const append = (line: { readonly isOver: boolean; readonly names?: readonly string[] }): void => {
    isThere = true;
    const { lab, target } = noting;
    const by = { pid: process.pid, host: hostname() };
    const whole = { format: FORMAT, lab, account: target.title, at, ...by, names: [...names] };
    try {
      // Takes a tenth of what promises take, and writing the whole file each time takes ten times as long: a check has
      // a hundred visitors.
      const isNew = !isWritten || !existsSync(path);
      if (isNew) mkdirSync(folder, { recursive: true });
      const said = { ...line, isLeft, ...(isNew ? whole : {}) };
      // On a line of its own, also after one that was cut off.
      appendFileSync(path, `\n${JSON.stringify(said)}`, { mode: 0o600 });
      isWritten = true;
    } catch {
      // Visits need no note, unless their traces can't be removed. The next line says everything again.
      isWritten = false;
    }
  };
  const end = async () => {
    if (isThere) append({ isOver: true });
  };
  const leave = () => {
    isLeft = true;
    return end();
  };
  noting.ended.addEventListener('abort', leave, { once: true });
  return {
    names,
    async add(...added) {
      const noted = added.filter((name) => name !== '');
      if (noted.length === 0) return;
      for (const name of noted) names.add(name);
      append({ isOver: false, names: noted });
    },
    end,
    leave,
    async drop() {
      isThere = false;
      await remove(path);
    },
  };
}

/** What notes of killed commands say, and those of checks that couldn't remove the traces. */
export interface Leftovers {
  /** Without those that a running command uses. */
  readonly names: readonly string[];
  /** Removes these notes: nothing in the account has their names anymore. */
  drop(): Promise<void>;
}

/** Returns what was left in this account and lab. */
export async function leftovers(noting: Noting, traces: Traces, now = Date.now()): Promise<Leftovers> {
  const notes = await notesOf(noting, traces, now);
  const used = namesIn(notes.filter(({ state }) => state === 'in use'));
  const left = notes.filter(({ state }) => state === 'left');
  return {
    names: [...namesIn(left)].filter((name) => !used.has(name)),
    drop: async () => void (await Promise.all(left.map(({ path }) => remove(path)))),
  };
}

/** Returns the names that running commands use in this account and lab. */
export async function namesInUse(noting: Noting, traces: Traces): Promise<Set<string>> {
  return namesIn((await notesOf(noting, traces, Date.now())).filter(({ state }) => state === 'in use'));
}

/** Returns the names that other running commands use in this account and lab. */
export async function namesElsewhere(noting: Noting, traces: Traces, now = Date.now()): Promise<Set<string>> {
  const notes = await notesOf(noting, traces, now);
  return namesIn(notes.filter(({ state, isOwn }) => state === 'in use' && !isOwn));
}

function namesIn(notes: readonly Noted[]): Set<string> {
  return new Set(notes.flatMap(({ names }) => names));
}

async function remove(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => {});
}

interface Noted {
  readonly path: string;
  readonly names: readonly string[];
  /** Over: the command that wrote it is removing the traces. */
  readonly state: 'in use' | 'over' | 'left';
  /** Whether this process wrote it. */
  readonly isOwn: boolean;
}

/** Returns the notes for this account and lab. */
async function notesOf(noting: Noting, traces: Traces, now: number): Promise<Noted[]> {
  const folder = folderOf(noting, traces);
  const files = await readdir(folder).catch(() => []);
  const notes = await Promise.all(
    files.map(async (file): Promise<Noted[]> => {
      const path = join(folder, file);
      try {
        const parts = (await readFile(path, 'utf8')).split('\n').flatMap(partsIn);
        const note: Readonly<Record<string, unknown>> = Object.assign({}, ...parts);
        const names = parts.flatMap((part) => (Array.isArray(part.names) ? part.names : []));
        const { format, lab, account, isOver, isLeft } = note;
        if (lab !== noting.lab || account !== noting.target.title || names.length === 0) return [];
        const isMadeUp = format === FORMAT || traces !== 'visits';
        return [
          {
            path,
            names: isMadeUp ? names.map(String) : [],
            state: isLeft === true || isForgotten(note, now) ? 'left' : isOver === true ? 'over' : 'in use',
            isOwn: note.host === hostname() && note.pid === process.pid,
          },
        ];
      } catch {
        // Another command removed it.
        return [];
      }
    }),
  );
  return notes.flat();
}

/** Returns what a line of a note says, or nothing: its command may be writing it, or was killed while it did. */
function partsIn(line: string): ReadonlyArray<Readonly<Record<string, unknown>>> {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}

/**
 * Returns whether the command that wrote a note was killed. For another machine that shares the folder, and for notes
 * without a process, only the age says.
 */
function isForgotten({ at, pid, host }: Readonly<Record<string, unknown>>, now: number): boolean {
  const isHere = host === hostname() && typeof pid === 'number';
  return (isHere && !isAlive(pid)) || Number(at) < now - (isHere ? LONGEST : FORGOTTEN_AFTER);
}

function folderOf({ root }: Noting, traces: Traces): string {
  return join(root, '.lab', traces);
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { DamagedStateError } from '../damaged-state-error.ts';
import { recordsOf } from './log.ts';
import { Reader } from './reader.ts';
import { checkTable } from './table.ts';

/** A manifest's content: the database's files, and its last change at that time. */
interface Manifest {
  readonly tables: ReadonlySet<number>;
  /** Logs contain changes from this number on; earlier ones are in tables. */
  readonly firstLog: number;
  readonly lastSequence: number;
}

/** How often a database is read that another process may be writing: files come and go meanwhile. */
const attempts = 3;
/** How long to wait between these attempts, in milliseconds. */
const pause = 20;

/**
 * Reads every byte of a LevelDB database and returns the number of its last change, 0 for a new one. LevelDB itself
 * silently skips what it can't read. Throws `DamagedStateError`.
 */
export async function checkDatabase(folder: string): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return check(folder);
    } catch (error) {
      if (attempt >= attempts) throw error;
      await setTimeout(pause);
    }
  }
}

function check(folder: string): number {
  if (!existsSync(join(folder, 'CURRENT'))) {
    // LevelDB treats the folder as new, and removes its contents.
    const hasContents = existsSync(folder) && readdirSync(folder).some((name) => /\.(ldb|log)$/.test(name));
    if (hasContents) throw new DamagedStateError(`${join(folder, 'CURRENT')} is missing.`);
    return 0;
  }
  const current = examine(folder, 'CURRENT', nameOfManifest);
  const names = readdirSync(folder);
  const { tables, firstLog, lastSequence } = examine(folder, current, manifestOf);
  for (const number of tables) {
    const name = names.find((file) => /\.(ldb|sst)$/.test(file) && Number.parseInt(file, 10) === number);
    examine(folder, name ?? `${String(number).padStart(6, '0')}.ldb`, checkTable);
  }
  let last = lastSequence;
  for (const name of names) {
    if (!name.endsWith('.log') || Number.parseInt(name, 10) < firstLog) continue;
    last = Math.max(last, examine(folder, name, lastChangeIn));
  }
  return last;
}

function examine<T>(folder: string, name: string, read: (bytes: Buffer) => T): T {
  try {
    // Synchronously: nobody is served yet, and waiting for each of many small files would take longer.
    return read(readFileSync(join(folder, name)));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const what = code === 'ENOENT' ? 'is missing' : 'is damaged';
    throw new DamagedStateError(`${join(folder, name)} ${what}.`, {
      cause: new Error(`${join(folder, name)} ${what}: ${message}`),
    });
  }
}

function nameOfManifest(bytes: Buffer): string {
  const name = /^(MANIFEST-\d+)\n$/.exec(bytes.toString('latin1'))?.[1];
  if (name === undefined) throw new Error("It doesn't name a manifest.");
  return name;
}

/** The edits of https://github.com/google/leveldb/blob/1.20/db/version_edit.cc, one after the other. */
function manifestOf(bytes: Buffer): Manifest {
  const tables = new Set<number>();
  let firstLog = 0;
  let lastSequence = 0;
  for (const record of recordsOf(bytes)) {
    const reader = new Reader(record);
    while (!reader.isAtEnd) {
      const tag = reader.number();
      if (tag === 1) reader.string();
      else if (tag === 2) firstLog = reader.number();
      else if (tag === 3 || tag === 9) reader.number();
      else if (tag === 4) lastSequence = reader.number();
      else if (tag === 5) [reader.number(), reader.string()];
      else if (tag === 6) {
        reader.number();
        tables.delete(reader.number());
      } else if (tag === 7) {
        reader.number();
        tables.add(reader.number());
        [reader.number(), reader.string(), reader.string()];
      } else throw new Error(`It has an unknown edit of kind ${tag}.`);
    }
  }
  if (lastSequence === 0 && firstLog === 0 && bytes.length === 0) throw new Error('It is empty.');
  return { tables, firstLog, lastSequence };
}

/** Each record of a log is a batch: the number of its first change, and how many there are. */
function lastChangeIn(bytes: Buffer): number {
  let last = 0;
  for (const record of recordsOf(bytes)) last = Number(record.readBigUInt64LE(0)) + record.readUInt32LE(8) - 1;
  return last;
}

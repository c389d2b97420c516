import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { DamagedStateError } from './damaged-state-error.ts';
import { checkDatabase } from './leveldb/check-database.ts';

/**
 * Counts the acknowledged changes of a LevelDB database in a separate file. If the end of LevelDB's log is missing,
 * LevelDB considers the rest complete: this file detects that.
 */
export class Acknowledged {
  readonly #path: string;
  #file: number | undefined;
  #changes: number;

  private constructor(path: string, changes: number) {
    this.#path = path;
    this.#changes = changes;
  }

  /**
   * Checks the database in `folder`, which nobody in this process has open. Throws `DamagedStateError` if its files are
   * damaged or lack acknowledged changes. `synced` means that changes are on disk before they are counted; others may
   * be lost when the machine stops, and aren't missed after that.
   */
  static async check(folder: string, { synced }: { readonly synced: boolean }): Promise<Acknowledged> {
    const path = join(folder, 'acknowledged');
    // Read first: another process may be adding to both.
    const promised = read(path);
    const changes = await checkDatabase(folder);
    if (changes < promised && (synced || !hasStoppedSince(path))) {
      throw new DamagedStateError(`The last ${promised - changes} acknowledged changes of ${folder} are missing.`);
    }
    return new Acknowledged(path, changes);
  }

  /** Counts the database's changes and, unless they may still be lost, writes the count. */
  add(changes: number, isSafe = true): void {
    this.#changes += changes;
    if (!isSafe) return;
    this.#file ??= open(this.#path);
    // In place and within one disk sector, so that the write is atomic.
    writeSync(this.#file, lineOf(this.#changes), 0);
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}

function lineOf(changes: number): string {
  const digits = String(changes).padStart(16, '0');
  return `${digits} ${createHash('sha256').update(digits).digest('hex').slice(0, 16)}\n`;
}

function open(path: string): number {
  mkdirSync(join(path, '..'), { recursive: true });
  try {
    return openSync(path, 'r+');
  } catch {
    return openSync(path, 'w+', 0o600);
  }
}

/** 0 for a database of a version that didn't count, or a new one. */
function read(path: string): number {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return 0;
  }
  const changes = Number(text.slice(0, 16));
  if (text !== '' && text !== lineOf(changes)) throw new DamagedStateError(`${path} is damaged.`);
  return changes;
}

/** Whether the machine was rebooted after the file was last written. */
function hasStoppedSince(path: string): boolean {
  return statSync(path).mtimeMs < Date.now() - uptime() * 1000;
}

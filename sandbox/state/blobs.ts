import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AwsError } from '../calls/errors.ts';
import { DamagedStateError } from './damaged-state-error.ts';
import { digest } from './digest.ts';
import { pathIn } from './file-name.ts';

/**
 * Large bytes: files named by their content, written beside and renamed into place before the batch
 * that names them, so that a name in the state always has its bytes.
 */
export class Blobs {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(folder: string): Promise<Blobs> {
    await mkdir(folder, { recursive: true });
    return new Blobs(folder);
  }

  /**
   * Keeps the bytes and gives their name: their SHA-256 in hexadecimal. Bytes that are there but damaged are written
   * again. Rejects with a sentence where they cannot be written.
   */
  async put(bytes: Buffer): Promise<string> {
    const name = await nameOf(bytes);
    const path = this.path(name);
    const kept = await readFile(path).catch(() => undefined);
    if (kept !== undefined && (await nameOf(kept)) === name) return name;
    try {
      await write(path, bytes);
    } catch (error) {
      throw unwritable(this.#folder, error as NodeJS.ErrnoException);
    }
    return name;
  }

  /** The bytes of a name. Rejects with `DamagedStateError` if they are not those that were kept. */
  async get(name: string): Promise<Buffer> {
    const bytes = await readFile(this.path(name));
    if ((await nameOf(bytes)) !== name)
      throw new DamagedStateError(`${this.path(name)} is damaged: its bytes have changed.`);
    return bytes;
  }

  /**
   * Removes what no record names, and halves of blobs that a crash left, where they are older than `before`: what is
   * younger may be about to be named. For the start, while nobody puts or gets.
   */
  async sweep(records: Iterable<unknown>, before: Date): Promise<void> {
    const unnamed = new Set(await readdir(this.#folder));
    // Whatever kind of record it is, and wherever in it: a name is a name. Where all have been found, the rest of the
    // state need not be read.
    for (const record of records) {
      if (unnamed.size === 0) return;
      for (const name of JSON.stringify(record).match(/[0-9a-f]{64}/g) ?? []) unnamed.delete(name);
    }
    for (const name of unnamed) {
      const path = join(this.#folder, name);
      const found = await stat(path).catch(() => undefined);
      // What cannot be removed now is in nobody's way.
      if (found !== undefined && found.mtime < before) await rm(path, { force: true }).catch(() => {});
    }
  }

  path(name: string): string {
    return pathIn(this.#folder, name);
  }
}

async function write(path: string, bytes: Buffer): Promise<void> {
  const temporary = `${path}.${randomUUID()}`;
  const file = await open(temporary, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}

/** Other than with the state, nothing is lost by it: once it is mended, the next call succeeds. */
function unwritable(folder: string, error: NodeJS.ErrnoException): AwsError {
  const { code = '' } = error;
  const reason = error.message.replace(/, \w+( '.*')?$/, '');
  const remedy =
    code === 'ENOSPC'
      ? 'Make room on its disk'
      : ['ENOENT', 'ENOTDIR'].includes(code)
        ? 'Make that folder anew'
        : 'Give yourself the right to write there';
  return new AwsError('InternalError', `The practice account cannot write into ${folder}: ${reason}. ${remedy}.`, 500);
}

function nameOf(bytes: Buffer): Promise<string> {
  return digest('sha256', bytes, 'hex');
}

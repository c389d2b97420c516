import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AwsError } from '../calls/errors.ts';
import { DamagedStateError } from './damaged-state-error.ts';
import { digest } from './digest.ts';
import { pathIn } from './file-name.ts';

/**
 * Large bytes: files named after their content, written to a temporary file and renamed into place before the batch
 * that references them, so that referenced bytes always exist.
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
   * Stores bytes and returns their name: their SHA-256 in hexadecimal. Damaged existing bytes are rewritten. Rejects
   * with a readable error if they can't be written.
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

  /** The bytes with a name. Rejects with `DamagedStateError` if they have changed. */
  async get(name: string): Promise<Buffer> {
    const bytes = await readFile(this.path(name));
    if ((await nameOf(bytes)) !== name)
      throw new DamagedStateError(`${this.path(name)} is damaged: its bytes have changed.`);
    return bytes;
  }

  /**
   * Removes unreferenced blobs, and partial ones that a crash left, if they are older than `before`: newer ones may be
   * about to be referenced. For the start, while nobody puts or gets.
   */
  async sweep(records: Iterable<unknown>, before: Date): Promise<void> {
    const unnamed = new Set(await readdir(this.#folder));
    // In any kind of record, and anywhere in it: a name is a name. Once all have been found, the rest of the state
    // needn't be read.
    // state need not be read.
    for (const record of records) {
      if (unnamed.size === 0) return;
      for (const name of JSON.stringify(record).match(/[0-9a-f]{64}/g) ?? []) unnamed.delete(name);
    }
    for (const name of unnamed) {
      const path = join(this.#folder, name);
      const found = await stat(path).catch(() => undefined);
      // A blob that can't be removed now does no harm.
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

/** Unlike with the state, nothing is lost: once it is fixed, the next call succeeds. */
function unwritable(folder: string, error: NodeJS.ErrnoException): AwsError {
  const { code = '' } = error;
  const reason = error.message.replace(/, \w+( '.*')?$/, '');
  const remedy =
    code === 'ENOSPC'
      ? 'Free some space on its disk'
      : ['ENOENT', 'ENOTDIR'].includes(code)
        ? 'Create that folder again'
        : 'Give yourself write permission there';
  return new AwsError('InternalError', `The practice account can't write to ${folder}: ${reason}. ${remedy}.`, 500);
}

function nameOf(bytes: Buffer): Promise<string> {
  return digest('sha256', bytes, 'hex');
}

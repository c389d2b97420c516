import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AwsError } from '../calls/errors.ts';

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

  /** Keeps the bytes and gives their name: their SHA-256 in hexadecimal. Rejects with a sentence where they cannot be written. */
  async put(bytes: Buffer): Promise<string> {
    const name = createHash('sha256').update(bytes).digest('hex');
    const path = this.path(name);
    if (await exists(path)) return name;
    try {
      await write(path, bytes);
    } catch (error) {
      throw unwritable(this.#folder, error as NodeJS.ErrnoException);
    }
    return name;
  }

  async get(name: string): Promise<Buffer> {
    return readFile(this.path(name));
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
      const found = await stat(this.path(name)).catch(() => undefined);
      // What cannot be removed now is in nobody's way.
      if (found !== undefined && found.mtime < before) await rm(this.path(name), { force: true }).catch(() => {});
    }
  }

  path(name: string): string {
    return join(this.#folder, name);
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

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Writes a file, and its folder if that is missing. Readers get the old text or the new one, never a part, even if this
 * process is killed. Rejects with Node.js's error if it can't be written.
 */
export async function writeWhole(path: string, text: string, { mode }: { readonly mode?: number } = {}): Promise<void> {
  const temporary = `${path}.${randomUUID()}.${process.pid}`;
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(temporary, text, { mode });
    await replace(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
}

/** The names of files that a killed process left unfinished, with its id. */
export const unfinished = /\.[0-9a-f-]{36}\.(\d+)$/;

/** Windows doesn't replace a file while another program has it open. How often to try, and milliseconds in between. */
const BUSY = { codes: ['EPERM', 'EACCES', 'EBUSY'], tries: 20, pause: 50 };

async function replace(temporary: string, path: string): Promise<void> {
  for (let left = BUSY.tries; ; left -= 1) {
    try {
      return await rename(temporary, path);
    } catch (error) {
      const isBusy = process.platform === 'win32' && BUSY.codes.includes((error as NodeJS.ErrnoException).code ?? '');
      if (!isBusy || left === 0) throw error;
      await wait(BUSY.pause);
    }
  }
}

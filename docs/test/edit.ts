import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Block } from './pages.ts';

/**
 * Makes the change that a ```diff block with a file's name shows, as its reader would by hand: the lines of the block
 * without those with `+` must stand in the file, once, in this order and together. Throws where they do not.
 */
export async function edit(folder: string, { title, lines, line }: Block): Promise<void> {
  const file = join(folder, title ?? '');
  const text = await readFile(file, 'utf8');
  const before = lines.filter((one) => !one.startsWith('+')).map((one) => one.slice(1));
  const after = lines.filter((one) => !one.startsWith('-')).map((one) => one.slice(1));
  const parts = `\n${text}`.split(`\n${before.join('\n')}\n`);
  if (parts.length !== 2)
    throw new Error(
      `Line ${line}: what it changes stands in ${title} ${parts.length - 1} times, and must stand there once.`,
    );
  await writeFile(file, parts.join(`\n${after.join('\n')}\n`).slice(1));
}

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Block } from './pages.ts';

/**
 * Makes the change of a ```diff block with a file's name, as the reader would. The lines without `+` must be in the
 * file exactly once, in this order. Throws if they aren't.
 */
export async function edit(folder: string, { title, lines, line }: Block): Promise<void> {
  const file = join(folder, title ?? '');
  const text = await readFile(file, 'utf8');
  const before = lines.filter((one) => !one.startsWith('+')).map((one) => one.slice(1));
  const after = lines.filter((one) => !one.startsWith('-')).map((one) => one.slice(1));
  const parts = `\n${text}`.split(`\n${before.join('\n')}\n`);
  if (parts.length !== 2)
    throw new Error(
      `Line ${line}: the lines it changes are in ${title} ${parts.length - 1} times, and must be there once.`,
    );
  await writeFile(file, parts.join(`\n${after.join('\n')}\n`).slice(1));
}

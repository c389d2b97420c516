import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Variant } from './variants.ts';

/**
 * Writes a variant's files into `.lab/work/<lab>/<variant>`, as a workshop inside the checkout: relative imports lead
 * to its own `app/`, and packages and the lock file are found in parent folders. Returns that folder.
 */
export async function layOut(root: string, lab: string, { name, files }: Variant): Promise<string> {
  const folder = join(root, '.lab', 'work', lab, name.replaceAll('/', '-'));
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  for (const [path, text] of files) {
    const file = path.startsWith('app/') ? join(folder, path) : join(folder, 'labs', lab, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  // The compiler explains a variant that doesn't synthesize, with the workshop's settings.
  await copyFile(join(root, 'tsconfig.json'), join(folder, 'tsconfig.json'));
  return folder;
}

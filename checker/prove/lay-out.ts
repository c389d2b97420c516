import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LabFiles } from '../workshop/lab-files.ts';
import type { Variant } from './variants.ts';

/**
 * Writes a variant's files into `.lab/work/<lab>/<variant>`, as a workshop inside the checkout: relative imports lead
 * to its own `app/`, and packages and the lock file are found in parent folders. Returns that folder.
 */
export async function layOut(root: string, lab: string, { name, files }: Variant): Promise<string> {
  const folder = join(root, '.lab', 'work', lab, name.replaceAll('/', '-'));
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  await layOutIn(folder, root, asLaidOut(lab, files));
  return folder;
}

/** Returns a lab's files by their path in a workshop: those of the room keep theirs, `app/…`. */
export function asLaidOut(lab: string, files: LabFiles): LabFiles {
  return new Map([...files].map(([path, text]) => [path.startsWith('app/') ? path : `labs/${lab}/${path}`, text]));
}

/** Writes files into a folder inside the checkout, as a workshop of its own. */
export async function layOutIn(folder: string, root: string, files: LabFiles): Promise<void> {
  for (const [path, text] of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  // The compiler explains a stack that doesn't synthesize, with the workshop's settings.
  await copyFile(join(root, 'tsconfig.json'), join(folder, 'tsconfig.json'));
}

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { filesUnder } from '../workshop/files-under.ts';
import { labFiles } from '../workshop/lab-files.ts';
import { constantOf, filledIn, namesOf } from './names.ts';
import { withLab } from './register.ts';

const registry = 'checker/workshop/labs.ts';

/**
 * Writes a lab from the template into the checkout, and adds it to the registry. Returns the paths, the registry last.
 */
export async function writeLab(root: string, id: string): Promise<string[]> {
  const names = namesOf(id);
  const template = await filesUnder(join(import.meta.dirname, 'template'));
  const registered = withLab(await readFile(join(root, registry), 'utf8'), { id, constant: constantOf(id) });
  const written: string[] = [];
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
    written.push(path);
  };
  for (const [path, text] of template) await write(filledIn(path, names), filledIn(text, names));
  for (const [path, text] of await labFiles(root, id, 'start')) await write(`labs/${id}/${path}`, text);
  await write(registry, registered);
  return written;
}

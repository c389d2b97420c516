import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { filesUnder } from '../../checker/workshop/files-under.ts';
import { root } from '../test/pages.ts';

/** Where pictures are written, relative to the checkout. */
export const MADE = 'docs/pictures/made';

/** Which inputs each lab's pictures were made from, by lab. */
export const MANIFEST = `${MADE}/inputs.json`;

/** Returns the names of a lab's pictures. */
export function picturesOf(lab: string): string[] {
  return ['broken', 'repaired'].flatMap((state) => ['light', 'dark'].map((scheme) => `${lab}-${state}-${scheme}.png`));
}

/** Returns a hash of what a lab's pictures show: the page, the functions, the room, and the scripts that make pictures. */
export async function inputsOf(lab: string): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of ['app/web', 'app/functions', `solutions/${lab}`, 'docs/make-pictures']) {
    const files = await filesUnder(join(root, folder));
    for (const [path, text] of [...files].sort(([one], [other]) => (one < other ? -1 : 1)))
      if (!/\.test\.ts$|\.md$|^cdk\.out\//.test(path))
        hash.update(`${folder}/${path}\0${text.replaceAll('\r\n', '\n')}\0`);
  }
  return hash.digest('hex').slice(0, 16);
}

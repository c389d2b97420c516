import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { filesUnder } from '../../checker/workshop/files-under.ts';
import { root } from '../test/pages.ts';

/** Where pictures are written, relative to the checkout. */
export const MADE = 'docs/pictures/made';

/** Which inputs each lab's pictures were made from, by lab. */
export const MANIFEST = `${MADE}/inputs.json`;

/**
 * Returns the names of a lab's pictures: the chat page in both states and schemes, and what the checker reports at the
 * start.
 */
export function picturesOf(lab: string): string[] {
  return [...chatsOf(lab).map(({ name }) => name), reportOf(lab)];
}

/** Returns the pictures of a lab's chat page. */
export function chatsOf(lab: string) {
  return (['broken', 'repaired'] as const).flatMap((state) =>
    (['light', 'dark'] as const).map((scheme) => ({ state, scheme, name: `${lab}-${state}-${scheme}.webp` })),
  );
}

/** Returns the name of the picture of a lab's report, which is light and dark in one. */
export function reportOf(lab: string): string {
  return `${lab}-report.svg`;
}

/**
 * Returns a hash of what a lab's pictures show: the page, the functions, the room, the report, and the scripts that
 * take them.
 */
export async function inputsOf(lab: string): Promise<string> {
  const hash = createHash('sha256');
  const folders = [
    'app/web',
    'app/functions',
    `solutions/${lab}`,
    `labs/${lab}`,
    `checker/labs/${lab}`,
    'checker/report',
  ];
  for (const folder of [...folders, 'docs/make-pictures']) {
    const files = await filesUnder(join(root, folder));
    for (const [path, text] of [...files].sort(([one], [other]) => (one < other ? -1 : 1)))
      if (!/\.test\.ts$|\.md$|^cdk\.out\/|^(?:repairs|shortcuts)\//.test(path))
        hash.update(`${folder}/${path}\0${text.replaceAll('\r\n', '\n')}\0`);
  }
  return hash.digest('hex').slice(0, 16);
}

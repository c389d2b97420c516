import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Plugin } from 'vitepress';
import { relinked } from '../write/copies.ts';
import { shownFile } from '../write/shown-file.ts';

const root = join(import.meta.dirname, '..', '..');

/**
 * Returns the text that the site shows for a page in `docs/`: its own, or that of the file that the page is a link to.
 */
export function shownText(path: string, text: string): string {
  const file = shownFile(path, text);
  return file === undefined ? text : relinked(readFileSync(join(root, file), 'utf8'), file, path);
}

/** Shows solutions and CONTRIBUTING.md, which are outside of `docs/`, as pages of the site. */
export const shownFiles: Plugin = {
  name: 'shown-files',
  enforce: 'pre',
  transform(code, id) {
    const path = relative(root, id.replace(/\?.*$/, '')).replaceAll('\\', '/');
    return path.startsWith('docs/') && path.endsWith('.md') ? shownText(path, code) : undefined;
  },
};

import { posix } from 'node:path';

/**
 * Returns the file whose text the site shows as this page, relative to the checkout; undefined for a page with a text
 * of its own. Such a page is one line with a link to a Markdown file, which is all that a reader of the file needs.
 */
export function shownFile(path: string, text: string): string | undefined {
  const [, target] = /^(?![#>\s]).*\]\(([^)\s]+\.md)\).*\n?$/.exec(text) ?? [];
  return target === undefined ? undefined : posix.join(posix.dirname(path), target);
}

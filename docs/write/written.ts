import type { Page } from '../test/pages.ts';
import { withCopies } from './copies.ts';
import { type Listed, withLabs } from './labs.ts';
import { inPlainMarkdown } from './plain.ts';
import { withNumbers } from './scale.ts';

/** Returns a page's text as `npm run docs:write` leaves it: plain Markdown, with its copies and lists up to date. */
export function written({ path, text }: Page, pages: readonly Page[], labs: readonly Listed[]): string {
  const textOf = (file: string) => pages.find((page) => page.path === file)?.text;
  return withNumbers(path, withLabs(path, withCopies(path, inPlainMarkdown(path, text), textOf), labs));
}

import { labs } from '../../../checker/workshop/labs.ts';
import { written } from '../../write/written.ts';
import type { Page } from '../pages.ts';

/** Returns the pages that differ from what `npm run docs:write` makes of them: a stale list, quotation or copy. */
export function stalePages(page: Page, pages: readonly Page[]): string[] {
  return written(page, pages, labs) === page.text
    ? []
    : [`${page.path}: a list or a copy in it is stale. Run \`npm run docs:write\`.`];
}

import { blocksOf, type Page } from '../pages.ts';

/** What kind of block the other facts, or the run of a page, look at. Without a language it is a drawing or an address. */
const KINDS = ['', 'console', 'sh', 'ts', 'js', 'html', 'css', 'diff', 'text', 'json'];

/** Blocks that nothing looks at, such as commands in `bash`, which are not run either. */
export function uncheckedBlocks(page: Page): string[] {
  return blocksOf(page)
    .filter(({ language }) => !KINDS.includes(language))
    .map(({ language, line }) => `${page.path}:${line} ${language}: no test looks at such a block`);
}

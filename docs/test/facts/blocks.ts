import { blocksOf, type Page } from '../pages.ts';

/**
 * The languages of blocks that other facts, or the run of a page, check. A block without one is a drawing or an
 * address.
 */
const KINDS = ['', 'console', 'sh', 'ts', 'js', 'html', 'css', 'diff', 'text', 'json'];

/** Returns the blocks that nothing checks, such as commands in `bash`, which aren't run either. */
export function uncheckedBlocks(page: Page): string[] {
  return blocksOf(page)
    .filter(({ language }) => !KINDS.includes(language))
    .map(({ language, line }) => `${page.path}:${line} ${language}: no test checks such a block`);
}

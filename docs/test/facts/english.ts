import { type Page, proseOf } from '../pages.ts';

/** Phrases of translated English, and British spellings. "The voice" in CONTRIBUTING.md says how we write. */
const ODD =
  /\b(?:(?:is|are|was|were) told|tells? of|anew|in place of|hangs? on|belongs? into|takes? away|whoever|behaviour|colour|favourite|honour|grey|judgement)\b/i;

/** Returns the lines of a page, without its code, that use such a phrase. */
export function oddEnglish(page: Page): string[] {
  return proseOf(page).flatMap((line, index) => {
    const [phrase] = ODD.exec(line.replaceAll(/`[^`]*`/g, '')) ?? [];
    return phrase === undefined ? [] : [`${page.path}:${index + 1}: say "${phrase}" in plain, American English`];
  });
}

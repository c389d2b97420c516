import { type Page, proseOf } from '../pages.ts';
import type { Source } from './sources.ts';

const PHRASES = [
  ...['(?:is|are|was|were) told', 'tells? of', 'anew', 'in place of', 'hangs? on', 'belongs? into', 'takes? away'],
  ...['behaviour', 'colour', 'favourite', 'honour', 'grey', 'judgement', 'towards', 'whilst'],
];

/** Phrases of translated English, and British spellings. "The voice" in CONTRIBUTING.md says how we write. */
const ODD = new RegExp(`\\b(?:${PHRASES.join('|')})\\b`, 'i');

/** Pages have more room than messages to name the person meant. */
const ODD_IN_PAGES = new RegExp(`\\b(?:whoever|${PHRASES.join('|')})\\b`, 'i');

/** Returns the lines of a page, without its code, that use such a phrase. */
export function oddEnglish(page: Page): string[] {
  return proseOf(page).flatMap((line, index) => {
    const [phrase] = ODD_IN_PAGES.exec(line.replaceAll(/`[^`]*`/g, '')) ?? [];
    return phrase === undefined ? [] : [complaint(page.path, index, phrase)];
  });
}

/** Returns the messages of a program of ours that use such a phrase: every text in quotes with more than one word. */
export function oddMessages({ path, text }: Source): string[] {
  if (!/^(?:app|checker)\/.*\.(?:ts|js|mjs|html)$/.test(path)) return [];
  return text.split('\n').flatMap((line, index) => {
    if (/^\s*(?:\/[/*]|\*)/.test(line)) return [];
    const texts = path.endsWith('.html') ? [line] : [...line.matchAll(QUOTED)].map(([quoted]) => quoted);
    const phrases = texts.map((one) => (one.includes(' ') ? ODD.exec(one)?.[0] : undefined));
    return phrases.filter((phrase) => phrase !== undefined).map((phrase) => complaint(path, index, phrase));
  });
}

/** A text in quotes, as far as it is on this line. */
const QUOTED = /(['"`])(?:\\.|(?!\1).)*\1?/g;

function complaint(path: string, index: number, phrase: string): string {
  return `${path}:${index + 1}: say "${phrase}" in plain, American English`;
}

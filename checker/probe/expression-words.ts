import { withoutComments } from './source-words.ts';

/** A regular expression, as far as it can be told from a division, and the words in one. */
const EXPRESSION = /(?<=[=(,:!&|?[]\s*)\/(?![/*])((?:\\.|\[(?:\\.|[^\]\n])*\]|[^/\n\\[])+)\//g;
const WORD = /(?:\\[a-zA-Z])|([\p{L}][\p{L}\p{N}_-]+)/gu;

/** Returns the words that a handler's regular expressions look for: `urgent` in `/\\burgent\\b/`. */
export function wordsOfExpressions(source: string): string[] {
  return [...withoutComments(source).matchAll(EXPRESSION)].flatMap(([, pattern = '']) =>
    [...pattern.matchAll(WORD)].flatMap(([, word]) => word ?? []),
  );
}

import { withoutComments } from '../../probe/source-words.ts';
import { numbersIn } from './number-literals.ts';

/** The limits that are tried: `farFor` covers smaller ones, and more rows than `most` take too long. */
const TRIED = { above: 150, most: 1000 } as const;

/** Numbers that a handler has for other purposes: statuses, times, and how many rows a read returns at once. */
const OTHERS = [
  /\b\w*status\w*\W{1,8}\d+/gi,
  /\bDate\.now\(\)[^;\n]*/g,
  /\bsetTimeout\([^;\n]*/g,
  /\b(?:Limit|pageSize|\w*(?:[tT]imeout|Ms|Millis|MS|MILLIS))\b\s*[:=]\s*[\d_]+/g,
];

/** HTTP statuses of errors that nobody would choose as a number of rows. */
const STATUSES = [401, 403, 404, 408, 409, 410, 413, 415, 422, 429, 501, 502, 503, 504];

/**
 * Returns the largest number of rows after which handlers with these sources may stop reading: any number that can be
 * one. Undefined if they have no such number that is larger than that of the rows every table has.
 */
export function rowLimitIn(sources: readonly string[]): number | undefined {
  const own = sources.map((source) =>
    OTHERS.reduce((text, other) => text.replace(other, ' '), withoutComments(source)),
  );
  const limits = numbersIn(own).filter(
    (number) => number > TRIED.above && number <= TRIED.most && !STATUSES.includes(number),
  );
  return limits.length === 0 ? undefined : Math.max(...limits);
}

import { partsOf, type Reading } from '../template.ts';
import { anyMany, anyOne, type Element, segmentMany, segmentOne } from '../wildcard.ts';

/** A pattern without variables: a policy's, with every variable replaced. */
export type Pattern = readonly Element[];

/** Returns a policy variable's value; undefined if it can have any. */
export type ValueOf = (key: string) => string | undefined;

/**
 * Returns the pattern of a text. A variable without a known value stands for any text if `open`, and otherwise for
 * none: then the pattern matches nothing, and the result is undefined.
 */
export function patternOf(
  text: string,
  { reading, variables, fold = false, open, variable }: PatternOptions,
): Pattern | undefined {
  const { parts, misplaced } = partsOf(text, reading, variables, fold);
  if (misplaced) return undefined;
  const pattern: Element[] = [];
  for (const part of parts) {
    if (typeof part === 'number') {
      pattern.push(part);
      continue;
    }
    const value = variable(part.key);
    if (value === undefined && !open) return undefined;
    if (value === undefined) pattern.push(anyMany);
    else for (const character of value.split('')) pattern.push(character.charCodeAt(0));
  }
  return pattern;
}

export interface PatternOptions {
  readonly reading: Reading;
  /** Whether the policy's version supports variables. */
  readonly variables: boolean;
  readonly fold?: boolean;
  readonly open: boolean;
  readonly variable: ValueOf;
}

/** The positions in a pattern that the text read so far can have reached, ascending. The last position is its end. */
export type Places = readonly number[];

/** Returns where reading a pattern begins. */
export function begin(pattern: Pattern): Places {
  return settled(pattern, [0]);
}

/** Returns the positions after one more character. */
export function step(pattern: Pattern, places: Places, code: number): Places {
  if (places.length === 0) return places;
  const next: number[] = [];
  for (const at of places) {
    const element = pattern[at];
    if (element === undefined) continue;
    if (element === anyMany || (element === segmentMany && code !== colon)) next.push(at);
    else if (takes(element, code)) next.push(at + 1);
  }
  return settled(pattern, next);
}

/** Whether the text read so far matches. */
export function isMatch(pattern: Pattern, places: Places): boolean {
  return places.at(-1) === pattern.length;
}

/** Whether the text matches however it continues. */
export function isOpenEnded(pattern: Pattern, places: Places): boolean {
  return isMatch(pattern, places) && pattern.at(-1) === anyMany;
}

const colon = 58;

function takes(element: Element, code: number): boolean {
  if (element === anyOne) return true;
  return element === segmentOne ? code !== colon : element === code;
}

/** Adds what a `*` can skip. A position at an open `*` covers all earlier ones, so those are dropped. */
function settled(pattern: Pattern, places: Places): Places {
  let all: number[] = [];
  let last = -1;
  for (const place of places) {
    let at = place;
    while (at > last) {
      last = at;
      const element = pattern[at];
      if (element === anyMany) all = [];
      all.push(at);
      if (element === anyMany || element === segmentMany) at++;
    }
  }
  return all;
}

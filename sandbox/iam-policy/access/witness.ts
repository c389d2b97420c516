import { begin, isMatch, isOpenEnded, type Pattern, type Places, step } from './pattern.ts';

/** One condition on a text: that it matches one of the patterns, or none of them. */
export interface Clause {
  readonly patterns: readonly Pattern[];
  readonly negated: boolean;
}

/** Texts that satisfy every clause. */
export type Language = readonly Clause[];

/** A language with more states isn't searched further. Policies that people write take a few hundred. */
const mostStates = 100_000;

/** Thrown if a policy's patterns are too complex to compare. */
export class TooComplex extends Error {
  override readonly name = 'TooComplex';
}

interface State {
  readonly places: ReadonlyArray<readonly Places[]>;
  readonly text: string;
}

const opposites = new WeakMap<Clause, Clause>();

/** Returns the opposite of a clause, always the same object, so that languages built from it are recognized. */
export function not(clause: Clause): Clause {
  const opposite = opposites.get(clause) ?? { patterns: clause.patterns, negated: !clause.negated };
  opposites.set(clause, opposite);
  opposites.set(opposite, clause);
  return opposite;
}

/** Search results by clauses: a subtraction searches the same languages again and again. */
const found = new Map<string, string | undefined>();
const numbers = new WeakMap<Clause, number>();
let last = 0;

/**
 * Returns a text in a language, or undefined if the language is empty. The search is exact: it reads all patterns at
 * once, character by character, and tries only characters that some pattern distinguishes. Throws TooComplex if that
 * takes too many states.
 */
export function witness(language: Language): string | undefined {
  const key = language
    .map(numberOf)
    .sort((one, other) => one - other)
    .join();
  if (found.has(key)) return found.get(key);
  const text = language.some((clause) => language.includes(not(clause))) ? undefined : search(language);
  if (found.size > 10_000) found.clear();
  found.set(key, text);
  return text;
}

function numberOf(clause: Clause): number {
  const number = numbers.get(clause) ?? ++last;
  numbers.set(clause, number);
  return number;
}

/** Whether no text satisfies every clause. */
export function isEmpty(language: Language): boolean {
  return witness(language) === undefined;
}

/** Whether a text satisfies every clause. */
export function isIn(language: Language, text: string): boolean {
  return language.every((clause) => {
    const { literals, wild } = sorted(clause);
    return (literals.has(text) || wild.some((pattern) => matches(pattern, text))) !== clause.negated;
  });
}

interface Sorted {
  /** Its patterns without wildcards, as texts. */
  readonly literals: ReadonlySet<string>;
  readonly wild: readonly Pattern[];
}

const known = new WeakMap<Clause, Sorted>();

function sorted(clause: Clause): Sorted {
  const before = known.get(clause);
  if (before !== undefined) return before;
  const isLiteral = (pattern: Pattern) => pattern.every((element) => element >= 0);
  const made = {
    literals: new Set(clause.patterns.filter(isLiteral).map((pattern) => String.fromCharCode(...pattern))),
    wild: clause.patterns.filter((pattern) => !isLiteral(pattern)),
  };
  known.set(clause, made);
  return made;
}

function matches(pattern: Pattern, text: string): boolean {
  let places = begin(pattern);
  for (let at = 0; at < text.length && places.length > 0; at++) {
    if (isOpenEnded(pattern, places)) return true;
    places = step(pattern, places, text.charCodeAt(at));
  }
  return isMatch(pattern, places);
}

/** A clause's literal texts are simply tried; only its patterns with wildcards need a search. */
function search(language: Language): string | undefined {
  const listed = language.filter(({ negated }) => !negated).sort((one, other) => size(one) - size(other));
  for (const clause of listed) {
    const { literals, wild } = sorted(clause);
    if (literals.size === 0) continue;
    for (const text of literals) if (isIn(language, text)) return text;
    if (wild.length === 0) return undefined;
  }
  return explored(
    language.map((clause) => (clause.negated ? clause : { patterns: sorted(clause).wild, negated: false })),
  );
}

function size(clause: Clause): number {
  return sorted(clause).wild.length;
}

function explored(language: Language): string | undefined {
  const start: State = { places: language.map(({ patterns }) => patterns.map(begin)), text: '' };
  const queue: State[] = isDead(language, start) ? [] : [start];
  const seen = new Set(queue.map(keyOf));
  for (let at = 0; at < queue.length; at++) {
    const state = queue[at] as State;
    if (isAccepted(language, state)) return state.text;
    for (const code of telling(language, state)) {
      const places = language.map(({ patterns }, clause) =>
        patterns.map((pattern, index) => step(pattern, state.places[clause]?.[index] ?? [], code)),
      );
      const next = { places, text: state.text + String.fromCharCode(code) };
      const key = keyOf(next);
      if (seen.has(key) || isDead(language, next)) continue;
      seen.add(key);
      if (seen.size > mostStates) throw new TooComplex('These patterns are too complex to compare.');
      queue.push(next);
    }
  }
  return undefined;
}

function isAccepted(language: Language, { places }: State): boolean {
  return language.every(
    ({ patterns, negated }, clause) =>
      patterns.some((pattern, index) => isMatch(pattern, places[clause]?.[index] ?? [])) !== negated,
  );
}

/** Whether no continuation can satisfy every clause. */
function isDead(language: Language, { places }: State): boolean {
  return language.some(({ patterns, negated }, clause) =>
    negated
      ? patterns.some((pattern, index) => isOpenEnded(pattern, places[clause]?.[index] ?? []))
      : places[clause]?.every((each) => each.length === 0) !== false,
  );
}

const colon = 58;
/** Stands for every character that no pattern mentions at this position, the most readable first. */
const others = [...'xyzabcdefghijklmnopqrstuvw0123456789-_/.'].map((each) => each.charCodeAt(0));

/** The characters that lead to different states: those that come next in a pattern, a colon, and one for all others. */
function telling(language: Language, { places }: State): readonly number[] {
  const codes = new Set<number>([colon]);
  for (const [clause, { patterns }] of language.entries()) {
    for (const [index, pattern] of patterns.entries()) {
      for (const at of places[clause]?.[index] ?? []) {
        const element = pattern[at];
        if (element !== undefined && element >= 0) codes.add(element);
      }
    }
  }
  let other = others.find((code) => !codes.has(code));
  for (let code = 0x100; other === undefined; code++) if (!codes.has(code)) other = code;
  return [other, ...codes];
}

function keyOf({ places }: State): string {
  return places.map((clause) => clause.map((each) => each.join(',')).join(';')).join('|');
}

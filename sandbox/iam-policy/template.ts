import type { RequestContext } from './request-context.ts';
import { anyMany, anyOne, type Element, type Matcher, matcherOf, segmentMany, segmentOne } from './wildcard.ts';

/**
 * How to interpret a policy's text.
 * - `exact`: `*` and `?` are literal (StringEquals);
 * - `like`: they are wildcards that match anything (StringLike, actions);
 * - `resource`: in the first five parts of an ARN they stay within the part, but a `*` that ends a part "can expand to
 * match beyond the colon boundaries"
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html);
 * - `arn`: each of the six parts is compared separately (ArnEquals and ArnLike).
 */
export type Reading = 'exact' | 'like' | 'resource' | 'arn';

/** `${aws:username}`, or with a default, `${aws:PrincipalTag/team, 'none'}`. */
export interface Variable {
  readonly key: string;
  readonly fallback?: string;
}

/** A compiled text of a policy: a pattern, possibly with variables. */
export interface Template {
  /** The context keys of its variables, as the policy spells them. */
  readonly keys: readonly string[];
  /** Returns a matcher for this request; none if a variable has no value, and then nothing matches. */
  matcher(context: RequestContext): Matcher | undefined;
}

/**
 * Compiles a text. Variables are supported from policy version 2012-10-17 on
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html); before, `${aws:username}` is
 * literal.
 */
export function templateOf(text: string, reading: Reading, variables: boolean, fold = false): Template {
  const { parts, misplaced } = partsOf(text, reading, variables, fold);
  const keys = parts.filter((part) => typeof part === 'object').map((part) => part.key);
  // AWS supports variables only after the fifth colon of an ARN; elsewhere they never have a value.
  if (misplaced) return { keys, matcher: () => undefined };
  if (keys.length === 0) {
    const matcher = matcherOf(parts as Element[]);
    return { keys, matcher: () => matcher };
  }
  return {
    keys,
    matcher(context) {
      const elements: Element[] = [];
      for (const part of parts) {
        if (typeof part === 'number') {
          elements.push(part);
          continue;
        }
        const value = context.single(part.key) ?? part.fallback;
        if (value === undefined) return undefined;
        pushText(elements, fold ? value.toLowerCase() : value);
      }
      return matcherOf(elements);
    },
  };
}

/**
 * Returns what `${…}` at this position stands for, and its length; nothing if it is not a variable but literal text.
 */
function variableAt(text: string, at: number): { part: Element | Variable; length: number } | undefined {
  const end = text[at + 1] === '{' ? text.indexOf('}', at) : -1;
  if (end === -1) return undefined;
  const inner = text.slice(at + 2, end).trim();
  const length = end - at + 1;
  // `${*}`, `${?}` and `${$}` are the literal characters.
  if (inner === '*' || inner === '?' || inner === '$') return { part: inner.charCodeAt(0), length };
  const comma = inner.indexOf(',');
  const key = (comma === -1 ? inner : inner.slice(0, comma)).trim();
  if (key === '' || /['{$]/.test(key)) return undefined;
  if (comma === -1) return { part: { key }, length };
  const quoted = inner.slice(comma + 1).trim();
  if (!/^'[^']*'$/.test(quoted)) return undefined;
  return { part: { key, fallback: quoted.slice(1, -1) }, length };
}

/** Parses a policy's text; a misplaced variable keeps it from matching anything. */
export function partsOf(
  text: string,
  reading: Reading,
  variables: boolean,
  fold: boolean,
): { parts: Array<Element | Variable>; misplaced: boolean } {
  const parts: Array<Element | Variable> = [];
  let colons = 0;
  let misplaced = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if (variables && character === '$') {
      const found = variableAt(text, at);
      if (found !== undefined) {
        parts.push(found.part);
        if (typeof found.part === 'object' && reading === 'resource' && colons < 5) misplaced = true;
        at += found.length - 1;
        continue;
      }
    }
    if (character === ':') colons++;
    const last = at === text.length - 1;
    const free = reading === 'like' || colons >= 5 || (reading === 'resource' && text[at + 1] === ':') || last;
    if (reading === 'exact') pushText(parts, fold ? character.toLowerCase() : character);
    else if (character === '*') parts.push(free ? anyMany : segmentMany);
    else if (character === '?') parts.push(reading === 'like' || colons >= 5 ? anyOne : segmentOne);
    else pushText(parts, fold ? character.toLowerCase() : character);
  }
  return { parts, misplaced };
}

function pushText(parts: Array<Element | Variable>, text: string): void {
  for (let at = 0; at < text.length; at++) parts.push(text.charCodeAt(at));
}

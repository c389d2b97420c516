/** One value or several, as policies and requests contain them. */
export type Values = string | readonly string[];

export interface World {
  readonly context: Readonly<Record<string, Values>>;
  /** reference_policies_variables.html: only from version 2012-10-17 on. */
  readonly variables: boolean;
}

/** A literal character, a wildcard, or a variable without a value. */
type Token = { readonly literal: string } | '*' | '?' | 'no value';

export function tokens(pattern: string, world: World | undefined): Token[] {
  const pieces = world?.variables === true ? pattern.split(/(\$\{[^}]*\})/) : [pattern];
  return pieces.flatMap((piece, index): Token[] => {
    const isVariable = index % 2 === 1;
    if (!isVariable) return [...piece].map((one) => (one === '*' || one === '?' ? one : { literal: one }));
    const inner = piece.slice(2, -1);
    if (['*', '?', '$'].includes(inner)) return [{ literal: inner }];
    const [, key = inner, fallback] = /^(.*?), *'(.*)'$/.exec(inner) ?? [];
    const values = valuesOf(key, world as World);
    const value = values.length === 1 ? values[0] : fallback;
    return value === undefined ? ['no value'] : [{ literal: value }];
  });
}

export function regExp(all: readonly Token[], ignoreCase = false, star = '.*', one = '.'): RegExp {
  const source = all.map((token) => {
    if (token === '*') return star;
    if (token === '?') return one;
    // "There is no equal or like value": an expression that matches nothing.
    return token === 'no value' ? '(?!)' : token.literal.replace(/[^A-Za-z0-9]/g, (special) => `\\u${hex(special)}`);
  });
  return new RegExp(`^${source.join('')}$`, ignoreCase ? 'is' : 's');
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, '0');
}

/** The parts of an ARN pattern; colons inside a variable don't separate parts. */
export function partsOf(pattern: string): string[] {
  const parts = pattern.replace(/\$\{[^}]*\}/g, (variable) => variable.replaceAll(':', '\0')).split(':');
  const six = parts.length > 6 ? [...parts.slice(0, 5), parts.slice(5).join(':')] : parts;
  return six.map((part) => part.replaceAll('\0', ':'));
}

/**
 * reference_policies_elements_resource.html: wildcards stay within a segment, but "if you use the * wildcard as the
 * last character of a segment, it can expand to match beyond the colon boundaries". Variables only after the fifth
 * colon.
 */
export function resourceMatches(pattern: string, resource: string, world: World): boolean {
  const parts = partsOf(pattern);
  if (world.variables && parts.slice(0, 5).some((part) => /\$\{[^}]{2,}\}/.test(part))) return false;
  const source = parts.map((part, index) => {
    const all = tokens(part, world);
    if (index === 5) return regExp(all).source.slice(1, -1);
    const inner = regExp(all, false, '[^:]*', '[^:]').source.slice(1, -1);
    return all.at(-1) === '*' ? inner.replace(/\[\^:\]\*$/, '.*') : inner;
  });
  return new RegExp(`^${source.join(':')}$`, 's').test(resource);
}

/** reference-arns.html: in an identity-based policy, AWS adds a wildcard for each missing part of an ARN. */
export function completed(pattern: string): string {
  const parts = partsOf(pattern);
  if (parts[0] !== 'arn') return pattern;
  return [...parts, ...Array.from({ length: 6 }, () => '*')].slice(0, 6).join(':');
}

export function valuesOf(key: string, { context }: World): readonly string[] {
  const found = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase());
  return found === undefined ? [] : list(found[1]);
}

export function list(values: Values): readonly string[] {
  return typeof values === 'string' ? [values] : values;
}

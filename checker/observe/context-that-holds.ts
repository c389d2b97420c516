import type { ContextEntry } from '@aws-sdk/client-iam';
import { conditionsOf, isObject, operatorName, textsOf } from '../../sandbox/iam-policy/conditions.ts';
import { RequestContext } from '../../sandbox/iam-policy/request-context.ts';

type Type = NonNullable<ContextEntry['ContextKeyType']>;
type Single = Exclude<Type, `${string}List`>;

/** Values that satisfy negated operators: `StringNotEquals`, `NotIpAddress`. */
const others = ['x', 'true', 'false', '203.0.113.7', '2001-01-01T00:00:00Z', '7', 'arn:aws:iam::111122223333:user/x'];

const day = 24 * 60 * 60 * 1000;

/**
 * Returns context that satisfies a statement's condition, one entry per key; keys that must be absent have none. A key
 * for which no value was found is left out, and a simulation then reports it as missing.
 */
export function contextThatHolds(element: unknown, variables: boolean): ContextEntry[] {
  if (!isObject(element)) return [];
  const byKey = new Map<string, Array<readonly [operator: string, key: string, value: unknown]>>();
  for (const [operator, block] of Object.entries(element)) {
    for (const [key, value] of Object.entries(isObject(block) ? block : {})) {
      byKey.set(key.toLowerCase(), [...(byKey.get(key.toLowerCase()) ?? []), [operator, key, value]]);
    }
  }
  return [...byKey.values()].flatMap((asked) => {
    const key = asked[0]?.[1] ?? '';
    const conditions = asked.flatMap(([operator, name, value]) =>
      conditionsOf({ [operator]: { [name]: value } }, variables),
    );
    const candidates = asked.flatMap(([operator, , value]) => textsOf(value).flatMap((text) => near(operator, text)));
    const found = [...candidates, ...others].find((value) => {
      const context = new RequestContext({ [key]: value });
      return conditions.every((condition) => condition.holds(context));
    });
    if (found === undefined) return [];
    return [{ ContextKeyName: key, ContextKeyType: typeFor(asked), ContextKeyValues: [found] }];
  });
}

/** Returns values that satisfy one operator with one of its values, the likeliest first. */
function near(operator: string, text: string): string[] {
  const { base } = operatorName(operator);
  if (base.startsWith('date')) {
    const instant = Date.parse(text);
    if (Number.isNaN(instant)) return [];
    return [text, ...[day, -day].map((distance) => new Date(instant + distance).toISOString())];
  }
  if (base.startsWith('numeric')) return [text, ...[1, -1].map((distance) => String(Number(text) + distance))];
  if (base === 'ipaddress') return [text.replace(/\/\d+$/, '')];
  if (base === 'stringlike' || base.startsWith('arn'))
    return [text.replaceAll('*', '').replaceAll('?', 'x'), filled(text)];
  return [text];
}

/** Returns a pattern with something instead of each wildcard. */
function filled(pattern: string): string {
  return pattern.replace(/[*?]/g, 'x');
}

function typeFor(asked: ReadonlyArray<readonly [operator: string, ...unknown[]]>): Type {
  const names = asked.map(([operator]) => operatorName(operator));
  const type = names.flatMap(({ base }): Single[] => {
    if (base.startsWith('date')) return ['date'];
    if (base.startsWith('numeric')) return ['numeric'];
    if (base === 'bool') return ['boolean'];
    return base.includes('ipaddress') ? ['ip'] : [];
  })[0];
  const isList = names.some(({ quantifier }) => quantifier !== undefined);
  const single = type ?? 'string';
  return isList ? `${single}List` : single;
}

import type { Random } from './random.ts';

const texts: readonly string[] = [
  '',
  ' ',
  '\0',
  'a\0b',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '../../../../etc/passwd',
  '..%2f..%2f',
  '%',
  '%zz',
  '%00',
  '\ud800',
  '𝒳'.repeat(40),
  '‮olleh',
  "'; drop table users; --",
  '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>',
  '{{{{{{',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable of IAM.
  '${aws:username}',
  '*',
  '?'.repeat(60),
  'arn:aws:iam::aws:policy/AdministratorAccess',
  'arn:::::',
  ':'.repeat(30),
  '-1',
  '1e999',
  'NaN',
  'true',
  'null',
  '[]',
  '\r\nX-Injected: yes',
];

/** Text that trips up programs. */
export function hostileText(random: Random): string {
  if (random.chance(0.1)) return 'x'.repeat(1 << random.below(17));
  if (random.chance(0.1)) return random.bytes(random.below(40)).toString('latin1');
  return random.pick(texts);
}

/** A JSON value where another type is expected. */
export function hostileValue(random: Random): unknown {
  switch (random.below(12)) {
    case 0:
      return null;
    case 1:
      return random.pick([0, -1, 1.5, 2 ** 31, 2 ** 53, 1e308, -1e308]);
    case 2:
      return random.chance(0.5);
    case 3:
      return [];
    case 4:
      return {};
    case 5:
      return [hostileText(random), null, {}];
    case 6:
      return JSON.parse(`{"${random.pick(['__proto__', 'constructor', 'length', 'then', 'toJSON'])}":{"a":1}}`);
    case 7:
      return nested(random.below(300));
    default:
      return hostileText(random);
  }
}

function nested(depth: number): unknown {
  let value: unknown = 'deep';
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** The same input with some of its members changed, dropped or added, at any depth. */
export function mutate(input: unknown, random: Random): unknown {
  if (random.chance(0.12)) return hostileValue(random);
  if (Array.isArray(input)) {
    const items = input.map((item) => (random.chance(0.5) ? mutate(item, random) : item));
    return random.chance(0.2) ? [...items, ...items, hostileValue(random)] : items;
  }
  if (typeof input === 'object' && input !== null) {
    const members = Object.entries(input)
      .filter(() => !random.chance(0.08))
      .map(([name, value]) => [name, random.chance(0.4) ? mutate(value, random) : value] as const);
    const added = random.chance(0.1) ? [[hostileText(random), hostileValue(random)] as const] : [];
    return Object.fromEntries([...members, ...added]);
  }
  if (typeof input !== 'string' || random.chance(0.5)) return hostileValue(random);
  const cut = random.below(input.length + 1);
  return random.chance(0.5) ? input.slice(0, cut) : input.slice(0, cut) + hostileText(random) + input.slice(cut);
}

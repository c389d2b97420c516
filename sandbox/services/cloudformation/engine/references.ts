import type { Value } from './template.ts';

/** A place where a value references a parameter or a resource. */
export interface Reference {
  readonly name: string;
  /** For `Fn::GetAtt` and `${Name.Attribute}`. */
  readonly attribute?: string;
}

/** Everything that a value references with `Ref`, `Fn::GetAtt` and `Fn::Sub`, including pseudo parameters. */
export function references(value: Value): Reference[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, argument]) => {
    if (name === 'Ref' && typeof argument === 'string') return [{ name: argument }];
    if (name === 'Fn::GetAtt') return attributeReference(argument);
    if (name === 'Fn::Sub') return substitutions(argument);
    return references(argument);
  });
}

/** `${Name}`, `${Name.Attribute}`; `${!Literal}` is not one. */
export const substitution = /\$\{([^!{}][^{}]*)\}/g;

/** `Fn::GetAtt`'s argument, `[name, attribute]` or `name.attribute`. */
export function splitAttribute(argument: Value): { name: string; attribute: string } | undefined {
  const parts = typeof argument === 'string' ? argument.split('.') : argument;
  if (!Array.isArray(parts) || parts.length < 2) return undefined;
  const [name, ...attribute] = parts as unknown[];
  if (typeof name !== 'string' || !attribute.every((step) => typeof step === 'string')) return undefined;
  return { name, attribute: attribute.join('.') };
}

function attributeReference(argument: Value): Reference[] {
  const found = splitAttribute(argument);
  return found === undefined ? [] : [found];
}

function substitutions(argument: Value): Reference[] {
  const [text, variables] = Array.isArray(argument) ? (argument as unknown[]) : [argument, {}];
  if (typeof text !== 'string') return [];
  const own = Object.keys((variables as object | null) ?? {});
  const named = [...text.matchAll(substitution)].map((match) => (match[1] ?? '').trim());
  return [
    ...references(variables),
    ...named.filter((name) => !own.includes(name)).map((name) => splitAttribute(name) ?? { name }),
  ];
}

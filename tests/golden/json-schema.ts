import { isDeepStrictEqual } from 'node:util';

/** A schema with the part of JSON Schema that `docs/verdict.schema.json` uses; any other keyword is an error. */
type Schema = Readonly<Record<string, unknown>>;

const known = new Set([
  '$schema',
  'title',
  '$defs',
  '$ref',
  'type',
  'const',
  'enum',
  'anyOf',
  'required',
  'additionalProperties',
  'properties',
  'items',
  'minLength',
  'minimum',
  'pattern',
]);

/** Returns a value's faults according to a schema, each with its path; empty if it fits. */
export function faultsBy(root: Schema, value: unknown, schema: Schema = root, path = '$'): string[] {
  for (const word of Object.keys(schema)) if (!known.has(word)) throw new Error(`${word} is not known here.`);
  const is = (word: string, holds: (argument: never) => boolean) =>
    word in schema && !holds(schema[word] as never) ? [`${path}: ${word} ${JSON.stringify(schema[word])}`] : [];
  const within = (part: unknown, inner: unknown, name: string) => faultsBy(root, part, inner as Schema, name);
  const faults = [
    ...is('type', (type: string) => isOfType(type, value)),
    ...is('const', (wanted: unknown) => isDeepStrictEqual(value, wanted)),
    ...is('enum', (wanted: unknown[]) => wanted.includes(value)),
    ...is('anyOf', (ways: Schema[]) => ways.some((way) => within(value, way, path).length === 0)),
    ...is('minLength', (least: number) => typeof value !== 'string' || value.length >= least),
    ...is('minimum', (least: number) => typeof value !== 'number' || value >= least),
    ...is('pattern', (pattern: string) => typeof value !== 'string' || new RegExp(pattern).test(value)),
  ];
  if (typeof schema.$ref === 'string') {
    const defs = root.$defs as Readonly<Record<string, Schema | undefined>>;
    const named = defs[schema.$ref.replace('#/$defs/', '')];
    if (named === undefined) throw new Error(`${schema.$ref} leads nowhere.`);
    faults.push(...within(value, named, path));
  }
  if (Array.isArray(value) && schema.items !== undefined) {
    faults.push(...value.flatMap((item, index) => within(item, schema.items, `${path}[${index}]`)));
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const properties = (schema.properties ?? {}) as Readonly<Record<string, Schema>>;
    for (const name of (schema.required ?? []) as string[]) if (!(name in value)) faults.push(`${path}: no ${name}`);
    for (const [name, part] of Object.entries(value)) {
      const inner = properties[name];
      if (inner !== undefined) faults.push(...within(part, inner, `${path}.${name}`));
      else if (schema.additionalProperties === false) faults.push(`${path}: ${name} is not in the schema`);
    }
  }
  return faults;
}

function isOfType(type: string, value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}

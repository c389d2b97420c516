import { AwsError, UnsupportedError } from '../../calls/errors.ts';
import { constraint } from './errors.ts';

/** Validates one member of an input and throws Cognito's error if it is invalid. */
export type Shape = (path: string, value: unknown) => void;

/** A string; its length in characters, its pattern as AWS prints it. */
export function text(least = 0, most = 131072, pattern?: RegExp): Shape {
  // Compiled on first use: there are hundreds, and every start of the account would wait for them.
  let exact: RegExp | undefined;
  return (path, value) => {
    if (typeof value !== 'string') throw notA('String', path);
    if (value.length < least)
      throw constraint(path, value, `Member must have length greater than or equal to ${least}`);
    if (value.length > most) throw constraint(path, value, `Member must have length less than or equal to ${most}`);
    if (pattern === undefined) return;
    exact ??= new RegExp(`^(?:${pattern.source})$`, `${pattern.flags}s`);
    if (!exact.test(value)) {
      throw constraint(path, value, `Member must satisfy regular expression pattern: ${pattern.source}`);
    }
  };
}

/** An integer. */
export function whole(least: number, most: number): Shape {
  return (path, value) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) throw notA('Integer', path);
    if (value < least) throw constraint(path, value, `Member must have value greater than or equal to ${least}`);
    if (value > most) throw constraint(path, value, `Member must have value less than or equal to ${most}`);
  };
}

export const boolean: Shape = (path, value) => {
  if (typeof value !== 'boolean') throw notA('Boolean', path);
};

/** An enum value. */
export function oneOf(...words: readonly string[]): Shape {
  return (path, value) => {
    if (typeof value !== 'string') throw notA('String', path);
    if (words.includes(value)) return;
    throw constraint(path, value, `Member must satisfy enum value set: [${words.join(', ')}]`);
  };
}

export function list(item: Shape, least = 0, most = Number.POSITIVE_INFINITY): Shape {
  return (path, value) => {
    if (!Array.isArray(value)) throw notA('list', path);
    if (value.length < least)
      throw constraint(path, value, `Member must have length greater than or equal to ${least}`);
    if (value.length > most) throw constraint(path, value, `Member must have length less than or equal to ${most}`);
    value.forEach((one, index) => {
      item(`${path}.${index + 1}.member`, one);
    });
  };
}

/** A map from strings to strings. */
export const textMap: Shape = (path, value) => {
  for (const one of Object.values(members(path, value))) if (typeof one !== 'string') throw notA('String', path);
};

/** A structure: unknown members are rejected as unsupported. If it has only one, the error says which. */
export function structure(shapes: Readonly<Record<string, Shape>>, required: readonly string[] = []): Shape {
  return (path, value) => {
    const given = members(path, value);
    const [only, ...others] = Object.keys(shapes);
    const known = only === undefined || others.length > 0 ? '' : `, only ${only}`;
    const inner = (name: string) => (path === '' ? lowerFirst(name) : `${path}.${lowerFirst(name)}`);
    for (const name of required) {
      if (given[name] === undefined) throw constraint(inner(name), undefined, 'Member must not be null');
    }
    for (const [name, one] of Object.entries(given)) {
      if (one === undefined || one === null) continue;
      const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
      if (shape === undefined) throw new UnsupportedError(`Cognito's ${name.slice(0, 100)}${known}`);
      shape(inner(name), one);
    }
  };
}

/** A feature of AWS that the practice account doesn't have: an empty value requests nothing. */
export function unserved(what: string, isNothing: (value: unknown) => boolean = isEmpty): Shape {
  return (_path, value) => {
    if (!isNothing(value)) throw new UnsupportedError(what);
  };
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.values(value).every((one) => one === undefined);
}

function members(path: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw notA('structure or map', path);
  return value as Readonly<Record<string, unknown>>;
}

function notA(kind: string, path: string): AwsError {
  return new AwsError('SerializationException', `The value of ${path.slice(0, 100)} cannot be converted to ${kind}.`);
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

import { constraint } from './errors.ts';

/** Throws InvalidParameterException if one of AWS's required members is missing. */
export function requireMembers<T extends object>(input: T, ...names: ReadonlyArray<string & keyof T>): void {
  for (const name of names) {
    if (input[name] === undefined) throw constraint(name, undefined, 'Member must not be null');
  }
}

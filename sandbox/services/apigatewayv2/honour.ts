import { UnsupportedError } from '../../calls/errors.ts';
import { BadRequestException } from './errors.ts';

/**
 * Rejects by name any input that the practice account wouldn't honor. `allowed` lists, for a property, the values that
 * change nothing; none means that it can't be given.
 */
export function honour(operation: string, input: object, allowed: Readonly<Record<string, readonly unknown[]>>): void {
  for (const [name, values] of Object.entries(allowed)) {
    const value = (input as Readonly<Record<string, unknown>>)[name];
    if (isGiven(value) && !values.includes(value)) {
      const which = values.length === 0 ? name : `${name} ${JSON.stringify(value)}`;
      throw new UnsupportedError(`the property ${which} of API Gateway's ${operation} for WebSocket APIs`);
    }
  }
}

/** The value of a required property. */
export function required<T>(value: T | undefined, name: string): T {
  if (value === undefined || value === '') throw new BadRequestException(`Missing required parameter: ${name}`);
  return value;
}

/** An update's result for an optional string: absent keeps it, an empty string removes it. */
export function updated(given: string | undefined, before: string | undefined): string | undefined {
  return given === undefined ? before : given || undefined;
}

function isGiven(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

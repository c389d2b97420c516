import { UnsupportedError } from '../../calls/errors.ts';
import { BadRequestException } from './errors.ts';

/**
 * Refuses by name what an operation is given and the practice account would not honour. `allowed` lists, for a
 * property, the values that ask for nothing more than what is served anyway; none means that it may not be given.
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

/** The value of a property that must be given. */
export function required<T>(value: T | undefined, name: string): T {
  if (value === undefined || value === '') throw new BadRequestException(`Missing required parameter: ${name}`);
  return value;
}

/** What an update makes of an optional text: absent leaves it, an empty text takes it away. */
export function updated(given: string | undefined, before: string | undefined): string | undefined {
  return given === undefined ? before : given || undefined;
}

function isGiven(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

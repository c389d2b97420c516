import { ValidationError } from './validation-error.ts';

/** A request's boolean member: the query protocol sends a string. */
export function flag(value: unknown): boolean {
  return value === true || value === 'true';
}

/** A request's list member: an empty one arrives as an empty string. */
export function list<T>(value: readonly T[] | undefined): readonly T[] {
  return Array.isArray(value) ? value : [];
}

/** The position in a list that a `NextToken` stands for; 0 without one. */
export function placeOf(token: string | undefined): number {
  if (token === undefined) return 0;
  if (!/^\d{1,15}$/.test(token)) throw new ValidationError(`Invalid NextToken: ${token}`);
  return Number(token);
}

/** A page of a list: `NextToken` is the position of the next one. */
export function pageOf<T>(
  items: readonly T[],
  token: string | undefined,
  size: number,
): { readonly page: T[]; readonly NextToken?: string } {
  const start = placeOf(token);
  const end = start + size;
  return { page: items.slice(start, end), ...(end < items.length ? { NextToken: String(end) } : {}) };
}

import { ValidationError } from './validation-error.ts';

/** A boolean member of a request: the query protocol brings it as text. */
export function flag(value: unknown): boolean {
  return value === true || value === 'true';
}

/** A list member of a request: an empty one comes as empty text. */
export function list<T>(value: readonly T[] | undefined): readonly T[] {
  return Array.isArray(value) ? value : [];
}

/** The place in a list that a `NextToken` stands for; 0 where there is none. */
export function placeOf(token: string | undefined): number {
  if (token === undefined) return 0;
  if (!/^\d{1,15}$/.test(token)) throw new ValidationError(`Invalid NextToken: ${token}`);
  return Number(token);
}

/** A page of a list: `NextToken` is the place to go on from. */
export function pageOf<T>(
  items: readonly T[],
  token: string | undefined,
  size: number,
): { readonly page: T[]; readonly NextToken?: string } {
  const start = placeOf(token);
  const end = start + size;
  return { page: items.slice(start, end), ...(end < items.length ? { NextToken: String(end) } : {}) };
}

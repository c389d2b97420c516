import { invalid } from './find.ts';

/** One page of a list; the token is the position of the next one. */
export function page<T>(
  items: readonly T[],
  input: { readonly nextToken?: string | undefined; readonly limit?: number | undefined },
  most: number,
): { items: readonly T[]; nextToken?: string } {
  const from = input.nextToken === undefined ? 0 : Number(Buffer.from(input.nextToken, 'base64url').toString());
  if (!Number.isInteger(from) || from < 0) throw invalid('The specified nextToken is invalid.');
  const limit = input.limit ?? most;
  if (!Number.isInteger(limit) || limit < 1 || limit > most) {
    throw invalid(`Value '${limit}' at 'limit' failed to satisfy constraint: Member must be from 1 to ${most}`);
  }
  const to = from + limit;
  return {
    items: items.slice(from, to),
    ...(to < items.length ? { nextToken: Buffer.from(String(to)).toString('base64url') } : {}),
  };
}

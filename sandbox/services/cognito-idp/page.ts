import { constraint, invalidParameter } from './errors.ts';

/**
 * One page of a list, with up to 60 entries; the token is the position of the next page. Throws
 * InvalidParameterException.
 */
export function page<T>(
  items: readonly T[],
  { NextToken, limit = 60 }: { readonly NextToken?: string | undefined; readonly limit?: number | undefined },
  member: 'maxResults' | 'limit' = 'maxResults',
): { readonly items: readonly T[]; readonly NextToken?: string } {
  const least = member === 'limit' ? 0 : 1;
  if (!Number.isInteger(limit) || limit < least) {
    throw constraint(member, limit, `Member must have value greater than or equal to ${least}`);
  }
  if (limit > 60) throw constraint(member, limit, 'Member must have value less than or equal to 60');
  const from = NextToken === undefined ? 0 : Number(Buffer.from(NextToken, 'base64url').toString() || Number.NaN);
  if (!Number.isInteger(from) || from < 0) throw invalidParameter('Invalid pagination token');
  const to = from + (limit === 0 ? 60 : limit);
  return {
    items: items.slice(from, to),
    ...(to < items.length ? { NextToken: Buffer.from(String(to)).toString('base64url') } : {}),
  };
}

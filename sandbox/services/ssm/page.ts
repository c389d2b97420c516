import { AwsError } from '../../calls/errors.ts';

/** One page of a list; the token is the position of the next one. */
export function pageOf<T>(
  all: readonly T[],
  { MaxResults, NextToken }: { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined },
  most: number,
): { items: T[]; NextToken?: string } {
  const size = MaxResults ?? most;
  if (!Number.isInteger(size) || size < 1 || size > most) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${size}' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to ${most}`,
    );
  }
  const start = NextToken === undefined ? 0 : Number(Buffer.from(NextToken, 'base64url').toString());
  if (!Number.isInteger(start) || start < 0)
    throw new AwsError('InvalidNextToken', 'The specified token is not valid.');
  const end = start + size;
  const items = all.slice(start, end);
  return end < all.length ? { items, NextToken: Buffer.from(String(end)).toString('base64url') } : { items };
}

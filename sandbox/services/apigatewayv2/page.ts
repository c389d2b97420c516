import { BadRequestException } from './errors.ts';

const largest = 500;

/** One page of a list, for `MaxResults` and `NextToken` of the `Get…s` operations. */
export function page<T>(
  items: readonly T[],
  input: { readonly MaxResults?: string | undefined; readonly NextToken?: string | undefined },
): { Items: T[]; NextToken?: string } {
  const size = input.MaxResults === undefined ? largest : Number(input.MaxResults);
  if (!Number.isInteger(size) || size < 1) throw new BadRequestException('Invalid maxResults value specified');
  const start = input.NextToken === undefined ? 0 : Number(Buffer.from(input.NextToken, 'base64url').toString('utf8'));
  if (!Number.isInteger(start) || start < 0) throw new BadRequestException('Invalid nextToken value specified');
  const end = start + Math.min(size, largest);
  return {
    Items: items.slice(start, end),
    ...(end < items.length ? { NextToken: Buffer.from(String(end)).toString('base64url') } : {}),
  };
}

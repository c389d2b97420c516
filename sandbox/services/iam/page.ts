import type { Call } from '../../calls/context.ts';
import { AwsError } from '../../calls/errors.ts';

/** The input of every listing operation; the query protocol sends the number as a string. */
export interface PageInput {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

/** One page of a list, and the members for the next page. */
export function pageOf<T>(
  all: readonly T[],
  { Marker, MaxItems }: PageInput,
): { items: T[]; more: { IsTruncated: boolean; Marker?: string } } {
  const size = MaxItems === undefined ? 100 : Number(MaxItems);
  if (!Number.isInteger(size) || size < 1 || size > 1000) {
    throw new AwsError(
      'ValidationError',
      `1 validation error detected: Value '${MaxItems}' at 'maxItems' failed to satisfy constraint: Member must have value between 1 and 1000`,
    );
  }
  const start = Marker === undefined ? 0 : Number(Buffer.from(Marker, 'base64').toString());
  if (!Number.isInteger(start) || start < 0) throw new AwsError('ValidationError', `Invalid Marker: ${Marker}`);
  const end = start + size;
  const isTruncated = end < all.length;
  return {
    items: all.slice(start, end),
    more: { IsTruncated: isTruncated, ...(isTruncated ? { Marker: Buffer.from(String(end)).toString('base64') } : {}) },
  };
}

/**
 * Returns the ARN on which listing roles, users or policies is authorized: their path,
 * `arn:aws:iam::111122223333:role/`. It isn't documented, but appears in AWS's denials and simulations.
 */
export function listedUnder(
  kind: 'role' | 'user' | 'policy',
  pathPrefix: string | undefined,
  { accountId }: Pick<Call, 'accountId'>,
): string {
  return `arn:aws:iam::${accountId}:${kind}${pathPrefix ?? '/'}`;
}

import { AwsError } from '../../calls/errors.ts';

/** What every listing operation takes; the query protocol brings the number as text. */
export interface PageInput {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

/** One page of a list, and the members that tell how it goes on. */
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

import { invalid } from './function-name.ts';

/**
 * One page of a list, by its start position. Over the wire, `Marker` and `MaxItems` are strings. Items added or removed
 * between two pages may be missed or repeated, as on AWS.
 */
export function page<T>(
  items: readonly T[],
  input: { readonly Marker?: string | undefined; readonly MaxItems?: number | string | undefined },
  most: number,
): { items: readonly T[]; NextMarker?: string } {
  const from = input.Marker === undefined ? 0 : Number(Buffer.from(input.Marker, 'base64url').toString());
  if (!Number.isInteger(from) || from < 0) throw invalid('Invalid Marker.');
  const size = Math.min(Number(input.MaxItems ?? most), most);
  if (!Number.isInteger(size) || size < 1) throw invalid('MaxItems must be a number from 1.');
  const to = from + size;
  return {
    items: items.slice(from, to),
    ...(to < items.length ? { NextMarker: Buffer.from(String(to)).toString('base64url') } : {}),
  };
}

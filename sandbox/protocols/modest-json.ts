import { excessOf } from './nests-too-deeply.ts';

/**
 * Parses JSON that a function sent; undefined if it is invalid, or has so many values that parsing it would block
 * others.
 */
export function modestJson(text: string): unknown {
  if (excessOf(text) !== undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

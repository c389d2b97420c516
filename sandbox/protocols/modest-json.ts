import { excessOf } from './nests-too-deeply.ts';

/**
 * Returns what JSON says that a function sent; undefined if it is not JSON, or holds so many values that nobody else
 * would be served while they are read.
 */
export function modestJson(text: string): unknown {
  if (excessOf(text) !== undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

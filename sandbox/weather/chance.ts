import { createHash } from 'node:crypto';

/** A seed's decisions: the same words always get the same number from 0 up to 1. */
export type Chance = (...words: ReadonlyArray<string | number>) => number;

/**
 * Returns a seed's randomness. It hashes what is decided instead of drawing from a sequence, so that one event that
 * comes earlier or later than in another run doesn't change all later decisions.
 */
export function chanceOf(seed: string | number): Chance {
  return (...words) =>
    createHash('sha1')
      .update([seed, ...words].join('\u0000'))
      .digest()
      .readUInt32BE() /
    2 ** 32;
}

/** Returns a random number in a range. */
export function between([least, most]: readonly [number, number], chance: number): number {
  return least + (most - least) * chance;
}

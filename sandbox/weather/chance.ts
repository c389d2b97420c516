import { createHash } from 'node:crypto';

/** What a seed decides: the same words always get the same number from 0 up to 1. */
export type Chance = (...words: ReadonlyArray<string | number>) => number;

/**
 * Returns the chance of a seed. It hashes what is decided instead of drawing from a sequence, so that one event that
 * comes earlier or later than in another run does not change the fate of all that follow.
 */
export function chanceOf(seed: string | number): Chance {
  return (...words) =>
    createHash('sha1')
      .update([seed, ...words].join('\u0000'))
      .digest()
      .readUInt32BE() /
    2 ** 32;
}

/** Returns a number of a range, by chance. */
export function between([least, most]: readonly [number, number], chance: number): number {
  return least + (most - least) * chance;
}

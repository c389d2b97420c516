import { shuffled } from './random.ts';

/**
 * Draws this many of these, so that all fit together. Returns undefined if no such set exists. Takes the first set in a
 * random order, so every fault has a chance.
 */
export function draw<T>(
  from: readonly T[],
  count: number,
  { fits, random }: { readonly fits: (one: T, other: T) => boolean; readonly random: () => number },
): readonly T[] | undefined {
  const search = (chosen: readonly T[], left: readonly T[]): readonly T[] | undefined => {
    if (chosen.length === count) return chosen;
    if (chosen.length + left.length < count) return undefined;
    const [next, ...rest] = left;
    if (next === undefined) return undefined;
    const withNext = search(
      [...chosen, next],
      rest.filter((other) => fits(next, other)),
    );
    return withNext ?? search(chosen, rest);
  };
  return search([], shuffled(from, random));
}

import { withoutComments } from '../../probe/source-words.ts';

/** The limits that are tried: `farFor` covers smaller ones, and more rows than `most` take too long. */
const TRIED = { above: 150, most: 1000 } as const;

/** What a handler does with a number of rows: `rows.length < MOST`, `count >= 500`, `.slice(0, 200)`. */
const LIMITS = [
  /(?:\.(?:length|size)|\b(?:\w*(?:[cC]ount|[rR]ows|[tT]otal|[sS]een|[rR]ead)))\s*[<>]=?\s*(\w+)/g,
  /(\w+)\s*[<>]=?\s*[\w.]+\.(?:length|size)\b/g,
  /\.slice\(\s*0\s*,\s*(\w+)/g,
];

/**
 * Returns the largest number of rows after which handlers with these sources may stop reading; undefined if they have no
 * such number that is larger than that of the rows every table has.
 */
export function rowLimitIn(sources: readonly string[]): number | undefined {
  const texts = sources.map(withoutComments);
  const constants = new Map(
    texts.flatMap((text) =>
      [...text.matchAll(/\bconst (\w+)(?:: number)? = ([\d_]+);/g)].map(([, name, n]) => [name, n]),
    ),
  );
  const limits = texts
    .flatMap((text) => LIMITS.flatMap((limit) => [...text.matchAll(limit)].map(([, found]) => found)))
    .map((found) => Number((constants.get(found) ?? found)?.replaceAll('_', '')))
    .filter((limit) => limit > TRIED.above && limit <= TRIED.most);
  return limits.length === 0 ? undefined : Math.max(...limits);
}

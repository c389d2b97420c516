import { isClaimable, MOST_CLAIMED, type SourceWords } from './source-words.ts';

/** Returns every field that handlers read, with the value that they compare it with, or else true. */
export function flagsIn({ read, compared }: SourceWords): Readonly<Record<string, unknown>> {
  const values = compared.map(({ path, value }) => [path.at(-1) ?? '', value] as const);
  const own = read.filter(isClaimable).slice(0, MOST_CLAIMED);
  return Object.fromEntries([
    ...own.map((field) => [field, true] as const),
    ...values.filter(([field]) => isClaimable(field)),
  ]);
}

import type { Verdict } from './check.ts';

/** From when on something can be decided that could not be yet; undefined where all is decided. */
export function decidedFrom({ checks }: Pick<Verdict, 'checks'>): Date | undefined {
  const [first] = checks.flatMap((result) => (result.status === 'pending' ? result.until : [])).sort();
  return first === undefined ? undefined : new Date(first);
}

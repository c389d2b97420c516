import type { Verdict } from './result.ts';

/** Returns when undecided checks can be decided; undefined if everything is decided. */
export function decidedFrom({ checks }: Pick<Verdict, 'checks'>): Date | undefined {
  const [first] = checks.flatMap((result) => (result.status === 'pending' ? result.until : [])).sort();
  return first === undefined ? undefined : new Date(first);
}

import { decidedFrom } from '../checking/decided-from.ts';
import type { Verdict } from '../checking/result.ts';
import { statusInWords, timeOf } from './words.ts';

/** Summarizes several verdicts in a sentence or two: `Of 3 labs: 2 fixed, 1 not decided yet.` */
export function sumInWords(verdicts: readonly Verdict[]): string {
  const counts = (Object.keys(statusInWords) as Array<Verdict['status']>).flatMap((status) => {
    const number = verdicts.filter((verdict) => verdict.status === status).length;
    return number === 0 ? [] : `${number} ${statusInWords[status]}`;
  });
  const sum = `Of ${verdicts.length} labs: ${counts.join(', ')}.`;
  const waits = verdicts.filter(({ status }) => status === 'pending');
  const until = decidedFrom({ checks: waits.flatMap(({ checks }) => checks) });
  if (until === undefined) return sum;
  // Somebody who waits for an exit code of 0 shouldn't look for a fault.
  return `${sum} Undecided labs are nobody's mistake, and make this exit with 3. Check again after ${timeOf(until.toISOString())}.`;
}

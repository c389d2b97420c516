import type { Verdict } from '../checking/check.ts';
import { decidedFrom } from './next-step.ts';
import { statusInWords, timeOf } from './words.ts';

/** Several verdicts in a sentence or two: `Of 3 labs: 2 fixed, 1 not decided yet.` */
export function sumInWords(verdicts: readonly Verdict[]): string {
  const counts = (Object.keys(statusInWords) as Array<Verdict['status']>).flatMap((status) => {
    const number = verdicts.filter((verdict) => verdict.status === status).length;
    return number === 0 ? [] : `${number} ${statusInWords[status]}`;
  });
  const sum = `Of ${verdicts.length} labs: ${counts.join(', ')}.`;
  const waits = verdicts.filter(({ status }) => status === 'pending');
  const until = decidedFrom({ checks: waits.flatMap(({ checks }) => checks) });
  if (until === undefined) return sum;
  // Whoever waits for an exit code of 0 is not to look for a fault.
  return `${sum} What is not decided yet is nobody's mistake, and ends this with 3: check again after ${timeOf(until.toISOString())}.`;
}

import type { Verdict } from '../../checker/checking/result.ts';
import { labs } from '../../checker/workshop/labs.ts';
import { failedVerdict } from '../golden/failed-verdict.ts';
import { states } from '../golden/states.ts';

/** Returns every failed check of every lab, and every recorded verdict of a lab that is not fixed. */
export async function shownVerdicts(): Promise<Verdict[]> {
  const recorded = Object.values(await states()).filter(({ status }) => status === 'not fixed');
  const failed = labs.map(async (lab) => (await lab.load()).checks.map((check) => failedVerdict(lab, check)));
  return [...(await Promise.all(failed)).flat(), ...recorded];
}

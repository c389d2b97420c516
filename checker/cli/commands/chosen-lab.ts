import type { Lab } from '../../checking/check.ts';
import { LabError } from '../../failures/errors.ts';
import { findLab } from '../../workshop/lab-name.ts';
import { labs } from '../../workshop/labs.ts';
import { type Progress, readProgress } from '../../workshop/progress.ts';

/**
 * The lab that was named; unnamed, the first that is not fixed, and the last when all are. Where that cannot be read,
 * rejects, or says so by `say` and takes the first.
 */
export async function chosenLab(root: string, name: string | undefined, say?: (line: string) => void): Promise<Lab> {
  if (name !== undefined) return findLab(name);
  const progress = await readProgress(root).catch((error: unknown) => {
    if (say === undefined || !(error instanceof LabError)) throw error;
    say(`${error.message} ${error.next}`);
    return { labs: {} as Progress['labs'] };
  });
  const lab = labs.find(({ id }) => progress.labs[id]?.fixedAt === undefined) ?? labs.at(-1);
  if (lab === undefined) throw new LabError('This workshop has no labs.', 'Take a fresh copy of it.');
  return lab;
}

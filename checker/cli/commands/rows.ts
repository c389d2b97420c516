import { nextOf, type Row } from '../../report/labs.ts';
import type { Step } from '../../report/next-command.ts';
import { labAtHand } from '../../workshop/lab-at-hand.ts';
import { faultFile, labFolder } from '../../workshop/lab-files.ts';
import { labs } from '../../workshop/labs.ts';
import { shownPath } from '../../workshop/own-labs/home.ts';
import { readProgress, standingOf } from '../../workshop/progress.ts';
import { deployedFiles, wasDeployed } from '../../workshop/sources.ts';

/** Returns every lab and the learner's progress. Asks no account. */
export async function rowsOf(root: string): Promise<Row[]> {
  const { labs: progress } = await readProgress(root);
  const at = await labAtHand(root, progress);
  return Promise.all(
    labs.map(async ({ id, title, complaint, tags }) => ({
      id,
      title,
      complaint,
      tags,
      folder: shownPath(root, labFolder(root, id)),
      repair: await faultFile(root, id),
      standing: await standingOf(root, id, progress[id]),
      isAtHand: at?.lab.id === id,
      fixedAt: progress[id]?.fixedAt,
      decidedFrom: progress[id]?.decidedFrom,
    })),
  );
}

/** Returns the state of the next lab, according to deployment notes. */
export async function stepOf(root: string, rows: readonly Row[]): Promise<Step> {
  const current = nextOf(rows);
  if (current === undefined || !wasDeployed(root, current.id)) return 'not deployed';
  if ((await deployedFiles(root, current.id)) === undefined) return 'changed';
  return current.decidedFrom === undefined ? 'deployed' : 'undecided';
}

import type { Row, Step } from '../../report/labs.ts';
import { labFolder } from '../../workshop/lab-files.ts';
import { labs } from '../../workshop/labs.ts';
import { shownPath } from '../../workshop/own-labs/home.ts';
import { readProgress, standingOf } from '../../workshop/progress.ts';
import { deployedFiles, wasDeployed } from '../../workshop/sources.ts';

/** Every lab, and where the learner stands with it. Asks no account. */
export async function rowsOf(root: string): Promise<Row[]> {
  const { labs: progress } = await readProgress(root);
  return Promise.all(
    labs.map(async ({ id, title, complaint }) => ({
      id,
      title,
      complaint,
      folder: shownPath(root, labFolder(root, id)),
      standing: await standingOf(root, id, progress[id]),
      fixedAt: progress[id]?.fixedAt,
      decidedFrom: progress[id]?.decidedFrom,
    })),
  );
}

/** How the first lab that is to do stands, by what deployments wrote down. */
export async function stepOf(root: string, rows: readonly Row[]): Promise<Step> {
  const current = rows.find(({ standing }) => standing === 'to do');
  if (current === undefined || !wasDeployed(root, current.id)) return 'not deployed';
  if ((await deployedFiles(root, current.id)) === undefined) return 'changed';
  return current.decidedFrom === undefined ? 'deployed' : 'undecided';
}

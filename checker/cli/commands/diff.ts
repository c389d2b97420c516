import { join } from 'node:path';
import { exitCode } from '../../failures/errors.ts';
import { renderDiff } from '../../report/diff.ts';
import { labFiles, labFolder, learnersFiles } from '../../workshop/lab-files.ts';
import { homeOf, shownPath } from '../../workshop/own-labs/home.ts';
import { patchLines } from '../../workshop/patch-lines.ts';
import { readProgress } from '../../workshop/progress.ts';
import type { Program } from '../program.ts';
import { chosenLab } from './chosen-lab.ts';

export interface DiffOptions {
  readonly lab: string | undefined;
  /** Compare the solution with the learner's work even if the lab isn't fixed yet. */
  readonly solution?: boolean;
}

/**
 * `lab diff [lab] [--solution]`: shows what the learner changed since the lab was shipped, and once the lab is fixed,
 * or on request, how that differs from the solution. Standard output gets patches that `git apply` accepts.
 */
export async function diff({ root, print, say }: Program, { lab, solution = false }: DiffOptions): Promise<number> {
  const { id } = await chosenLab({ root, say }, lab);
  const [start, solved, now, { labs: progress }] = await Promise.all([
    labFiles(root, id, 'start'),
    labFiles(root, id, 'solution'),
    learnersFiles(root, id),
    readProgress(root),
  ]);
  const folder = shownPath(root, labFolder(root, id));
  const shows = solution || progress[id]?.fixedAt !== undefined;
  const lines = renderDiff(
    {
      folder,
      solution: shownPath(root, join(homeOf(root, id), 'solutions', id)),
      sinceStart: solution ? undefined : patchLines(folder, start, now),
      toSolution: shows ? patchLines(folder, now, solved) : undefined,
    },
    process.stdout.isTTY ? process.stdout.columns || 80 : undefined,
  );
  for (const line of lines) print(line);
  return exitCode.fixed;
}

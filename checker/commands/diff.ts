import { exitCode } from '../errors.ts';
import { labFiles, labFolder, learnersFiles } from '../lab-files.ts';
import { shownPath } from '../own-labs/home.ts';
import type { Program } from '../program.ts';
import { renderPatch } from '../report/patch.ts';
import { chosenLab } from './chosen-lab.ts';

/** `lab diff [lab]`: what the learner changed since the lab was shipped. */
export async function diff({ root, print }: Program, options: { lab: string | undefined }): Promise<number> {
  const { id } = await chosenLab(root, options.lab);
  const [shipped, now] = await Promise.all([labFiles(root, id, 'start'), learnersFiles(root, id)]);
  const folder = shownPath(root, labFolder(root, id));
  const lines = renderPatch(folder, shipped, now);
  for (const line of lines) print(line);
  if (lines.length === 0) print(`${folder} is as it was shipped.`);
  return exitCode.fixed;
}

import chalk from 'chalk';
import { createTwoFilesPatch } from 'diff';
import { exitCode } from '../errors.ts';
import { isSameText, labFiles, learnersFiles } from '../lab-files.ts';
import type { Program } from '../program.ts';
import { chosenLab } from './chosen-lab.ts';

/** `lab diff [lab]`: what the learner changed since the lab was shipped. */
export async function diff({ root, print }: Program, options: { lab: string | undefined }): Promise<number> {
  const { id } = await chosenLab(root, options.lab);
  const [shipped, now] = await Promise.all([labFiles(root, id, 'start'), learnersFiles(root, id)]);
  let changes = 0;
  for (const path of new Set([...shipped.keys(), ...now.keys()])) {
    const [before, after] = [shipped.get(path), now.get(path)];
    if (isSameText(before, after)) continue;
    changes += 1;
    const name = (prefix: string, text: string | undefined) =>
      text === undefined ? '/dev/null' : `${prefix}/labs/${id}/${path}`;
    const patch = createTwoFilesPatch(name('a', before), name('b', after), before ?? '', after ?? '', '', '', {
      stripTrailingCr: true,
    });
    for (const line of patch.trimEnd().split('\n').slice(1)) print(coloured(line));
  }
  if (changes === 0) print(`labs/${id} is as it was shipped.`);
  return exitCode.fixed;
}

function coloured(line: string): string {
  if (line.startsWith('---') || line.startsWith('+++')) return chalk.bold(line);
  if (line.startsWith('@@')) return chalk.cyan(line);
  if (line.startsWith('+')) return chalk.green(line);
  return line.startsWith('-') ? chalk.red(line) : line;
}

import chalk from 'chalk';
import { createTwoFilesPatch } from 'diff';
import { isSameText, type LabFiles } from '../lab-files.ts';

/** The lines of a patch from one state of a lab's files to another, coloured; none where they are the same. `folder` is where they are. */
export function renderPatch(folder: string, from: LabFiles, to: LabFiles): string[] {
  return [...new Set([...from.keys(), ...to.keys()])].flatMap((path) => {
    const [before, after] = [from.get(path), to.get(path)];
    if (isSameText(before, after)) return [];
    const name = (prefix: string, text: string | undefined) =>
      text === undefined ? '/dev/null' : `${prefix}/${folder}/${path}`;
    const patch = createTwoFilesPatch(name('a', before), name('b', after), before ?? '', after ?? '', '', '', {
      stripTrailingCr: true,
    });
    return patch.trimEnd().split('\n').slice(1).map(coloured);
  });
}

function coloured(line: string): string {
  if (line.startsWith('---') || line.startsWith('+++')) return chalk.bold(line);
  if (line.startsWith('@@')) return chalk.cyan(line);
  if (line.startsWith('+')) return chalk.green(line);
  return line.startsWith('-') ? chalk.red(line) : line;
}

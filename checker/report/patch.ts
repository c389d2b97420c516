import chalk from 'chalk';
import { createTwoFilesPatch } from 'diff';
import { isSameText, type LabFiles } from '../workshop/lab-files.ts';
import { wrap } from './wrap.ts';

/** The lines of a patch from one state of a lab's files to another; none where they are the same. `folder` is where they are. */
export function patchLines(folder: string, from: LabFiles, to: LabFiles): string[] {
  return [...new Set([...from.keys(), ...to.keys()])].flatMap((path) => {
    const [before, after] = [from.get(path), to.get(path)];
    if (isSameText(before, after)) return [];
    const name = (prefix: string, text: string | undefined) =>
      text === undefined ? '/dev/null' : `${prefix}/${folder}/${path}`;
    const patch = createTwoFilesPatch(name('a', before), name('b', after), before ?? '', after ?? '', '', '', {
      context: 3,
      stripTrailingCr: true,
    });
    return patch.trimEnd().split('\n').slice(1);
  });
}

/** Colours the lines of a patch; on a terminal, what is wider than it goes on below, further in. */
export function paintPatch(lines: readonly string[], columns?: number): string[] {
  return lines.flatMap((line) => {
    if (columns === undefined) return coloured(line, line);
    const [first = '', ...rest] = wrap(line.trimEnd(), columns);
    const more = rest.length === 0 ? [] : wrap(line.slice(first.length).trim(), columns - 4);
    return [first, ...more.map((part) => `    ${part}`)].map((part) => coloured(part, line));
  });
}

function coloured(part: string, line: string): string {
  if (line.startsWith('---') || line.startsWith('+++')) return chalk.bold(part);
  if (line.startsWith('@@')) return chalk.cyan(part);
  if (line.startsWith('+')) return chalk.green(part);
  return line.startsWith('-') ? chalk.red(part) : part;
}

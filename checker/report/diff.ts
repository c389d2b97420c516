import chalk from 'chalk';
import { paintPatch } from './patch.ts';
import { wrap } from './wrap.ts';

/** What differs in a lab, as lines of patches; empty where nothing does, undefined where it is not asked for. */
export interface Differences {
  /** `labs/01-missing-route` */
  readonly folder: string;
  /** `solutions/01-missing-route` */
  readonly solution: string;
  /** What the learner did. */
  readonly sinceStart?: readonly string[];
  /** What would make the solution of it. */
  readonly toSolution?: readonly string[];
}

/** The lines of `lab diff`; none wider than a terminal of so many columns. A program, which has none, gets the patches as they are. */
export function renderDiff({ folder, solution, sinceStart, toSolution }: Differences, columns?: number): string[] {
  const said = (text: string) => wrap(text, columns ?? Number.POSITIVE_INFINITY);
  const part = (lines: readonly string[], title: string, none: string) =>
    lines.length === 0 ? said(none) : [...said(title).map((line) => chalk.bold(line)), ...paintPatch(lines, columns)];
  const lines = [
    ...(sinceStart === undefined
      ? []
      : part(sinceStart, `What you changed in ${folder} since the start:`, `${folder} is as it was shipped.`)),
    ...(sinceStart === undefined || toSolution === undefined ? [] : ['']),
    ...(toSolution === undefined
      ? []
      : part(toSolution, 'What the solution does otherwise:', 'It is what the solution has, to the letter.')),
  ];
  if (toSolution !== undefined)
    lines.push('', ...said(`Why it is so: ${solution}/README.md`).map((line) => chalk.dim(line)));
  return lines;
}

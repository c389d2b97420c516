import chalk from 'chalk';
import { paintPatch } from './patch.ts';
import { wrap } from './wrap.ts';

/** A lab's differences, as lines of patches; empty if there are none, undefined if not requested. */
export interface Differences {
  /** `labs/01-missing-route` */
  readonly folder: string;
  /** `solutions/01-missing-route` */
  readonly solution: string;
  /** The learner's changes. */
  readonly sinceStart?: readonly string[];
  /** The changes that would turn it into the solution. */
  readonly toSolution?: readonly string[];
}

/**
 * Returns the lines of `lab diff`, none wider than a terminal with this many columns. A program, which has none, gets
 * unchanged patches.
 */
export function renderDiff({ folder, solution, sinceStart, toSolution }: Differences, columns?: number): string[] {
  const said = (text: string) => wrap(text, columns ?? Number.POSITIVE_INFINITY);
  const part = (lines: readonly string[], title: string, none: string) =>
    lines.length === 0 ? said(none) : [...said(title).map((line) => chalk.bold(line)), ...paintPatch(lines, columns)];
  const lines = [
    ...(sinceStart === undefined
      ? []
      : part(sinceStart, `What you changed in ${folder} since the start:`, `${folder} is unchanged.`)),
    ...(sinceStart === undefined || toSolution === undefined ? [] : ['']),
    ...(toSolution === undefined
      ? []
      : part(toSolution, 'How the solution differs:', 'It is identical to the solution.')),
  ];
  if (toSolution !== undefined)
    lines.push('', ...said(`The reasons: ${solution}/README.md`).map((line) => chalk.dim(line)));
  return lines;
}

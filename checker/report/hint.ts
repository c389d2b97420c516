import chalk from 'chalk';
import type { Hint } from '../workshop/next-hint.ts';
import { shortName } from '../workshop/short-name.ts';
import { type Link, noLinks } from './link.ts';
import { Page } from './page.ts';
import { paintPatch } from './patch.ts';

export interface HintOptions {
  /** How wide the terminal is, in characters. */
  readonly columns: number;
  /** How to ask for the next one: a command, or a key. Undefined if the next one follows. */
  readonly again: string | undefined;
  readonly link?: Link;
  /** Whether the patch's lines keep to that width, too. If a program reads them, they stay whole. */
  readonly folds?: boolean;
  /** Whether saving deploys and checks. */
  readonly isWatched?: boolean;
}

/** The last hint is a patch, unless the learner's files already are what they should be. */
function lastHint(patch: readonly string[], isWatched: boolean): string {
  const said = 'That was the last hint.';
  if (patch.length === 0) return said;
  return `${said} Make this change in your files${isWatched ? ' and save' : ', deploy, and check again'}.`;
}

/** Returns the lines of a hint, none wider than the terminal. */
export function renderHint(
  { lab, title, text, number, of, startsOver, place, patch = [] }: Hint,
  { columns, again, link = noLinks, folds = false, isWatched = false }: HintOptions,
): string[] {
  const page = new Page(columns);
  page.text(`Hint ${number} of ${of}`, chalk.bold);
  page.text(`for lab ${shortName(lab)}: ${title}`, chalk.dim);
  page.blank();
  if (startsOver === true) {
    page.text('The failure has changed since your last hint, so the hints start over.');
    page.blank();
  }
  page.text(text);
  const isLast = number >= of;
  if (isLast && place !== undefined) {
    page.blank();
    page.field('look at', `${place.file}:${place.line}`, (line) => link(chalk.cyan(line), place));
  }
  if (patch.length > 0) page.blank();
  page.lines.push(...paintPatch(patch, folds ? page.columns : undefined));
  if (again === undefined) return page.lines;
  page.blank();
  page.text(isLast ? lastHint(patch, isWatched) : `For the next one: ${again}.`, chalk.dim);
  return page.lines;
}

import chalk from 'chalk';
import type { Place } from '../checking/check.ts';
import { type Link, noLinks } from './link.ts';
import { Page } from './page.ts';
import { paintPatch } from './patch.ts';

/** One rung of a ladder: the symptom, where to look, the concept, the patch. */
export interface Hint {
  readonly check: string;
  readonly title: string;
  readonly text: string;
  /** From 1. */
  readonly number: number;
  readonly of: number;
  /** Where the construct is that it is about. */
  readonly place?: Place | undefined;
  /** Of the last one: the lines of the patch, plain. */
  readonly patch?: readonly string[];
}

export interface HintOptions {
  /** How wide the terminal is, in characters. */
  readonly columns: number;
  /** How the next one is asked for: a command, or a key. */
  readonly again: string;
  readonly link?: Link;
  /** Whether the lines of the patch keep to that width too: not where a program reads them. */
  readonly folds?: boolean;
}

/** The lines of a hint, none wider than the terminal. */
export function renderHint(
  { title, text, number, of, place, patch = [] }: Hint,
  { columns, again, link = noLinks, folds = true }: HintOptions,
): string[] {
  const page = new Page(columns);
  page.text(`Hint ${number} of ${of}`, chalk.bold);
  page.text(`for: ${title}`, chalk.dim);
  page.blank();
  page.text(text);
  const isLast = number >= of;
  if (isLast && place !== undefined) {
    page.blank();
    page.field('look at', `${place.file}:${place.line}`, (line) => link(chalk.cyan(line), place));
  }
  if (patch.length > 0) page.blank();
  page.lines.push(...paintPatch(patch, folds ? page.columns : undefined));
  page.blank();
  page.text(isLast ? 'That was the last one.' : `Ask again for the next one: ${again}.`, chalk.dim);
  return page.lines;
}

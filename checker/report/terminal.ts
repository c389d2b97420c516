import chalk from 'chalk';
import type { Place } from '../checking/check.ts';
import type { Result, Verdict } from '../checking/result.ts';
import { arnsOnce } from './arns-once.ts';
import { bar } from './bar.ts';
import { evidenceIn, evidenceOf } from './evidence.ts';
import { type Link, noLinks } from './link.ts';
import { marks } from './marks.ts';
import { nextStep } from './next-step.ts';
import { otherChecks } from './other-checks.ts';
import { Page } from './page.ts';
import { actualOf, headline, placeOf, resultInWords, whatDeployingDoes } from './words.ts';

export interface TerminalOptions {
  /** How wide the terminal is, in characters. */
  readonly columns: number;
  /** The next step, instead of the default: while watching, saving is enough. */
  readonly next?: string;
  /** For a terminal that opens links. */
  readonly link?: Link;
  /** Whether the room is in an account that no other command checks. */
  readonly isApart?: boolean;
}

const verdictMarks: Readonly<Record<Verdict['status'], string>> = {
  fixed: '✓',
  'not fixed': '✗',
  'not deployed': '✗',
  'not deployed yet': '✗',
  pending: '…',
  broken: '!',
};

/**
 * Returns the lines of a verdict for a person, none wider than the terminal. The verdict comes first, then the first
 * failure in full, a line for each other failure, and one line for everything that passed. States are always words,
 * never just colors.
 */
export function renderVerdict(
  verdict: Verdict,
  { columns, next = nextStep(verdict), link = noLinks, isApart }: TerminalOptions,
): string[] {
  const page = new Page(columns);
  heading(page, verdict);
  page.text(`in ${verdict.target.title}`, chalk.dim, 2);
  standing(page, verdict);
  const { first, wrong } = worst(verdict);
  if (wrong !== undefined) {
    page.blank();
    inShort(page, wrong, link);
    evidenceOf(page, wrong, verdict.lab, { link, isApart });
  } else if (first !== undefined) lookAt(page, first, link);
  page.blank();
  // With nothing deployed, there is nothing to wait for.
  if (verdict.status !== 'not deployed') otherChecks(page, verdict, wrong, link);
  if (next !== '') {
    page.blank();
    page.item('→', `Next: ${next}`);
  }
  return page.lines;
}

export interface ScreenOptions extends TerminalOptions {
  /** How many lines the terminal shows, minus those that are taken. Without it, everything is shown. */
  readonly rows?: number;
  /** How many of how many labs are fixed so far. */
  readonly fixed?: { readonly count: number; readonly of: number };
}

/**
 * Returns the lines of a verdict for somebody who watches. The verdict, expected, seen and where to look come last and
 * in full: they are at the bottom of the screen, whatever scrolls away. Evidence gets the remaining space.
 */
export function renderOnScreen(
  verdict: Verdict,
  { columns, rows = Number.POSITIVE_INFINITY, next, link = noLinks, isApart, fixed }: ScreenOptions,
): string[] {
  const { first, wrong } = worst(verdict);
  const ending = (isBrief: boolean): Page => {
    const end = new Page(columns);
    heading(end, verdict);
    if (verdict.status === 'fixed' && fixed !== undefined)
      end.text(`★ ${bar(fixed.count, fixed.of, 20)} ${fixed.count} of ${fixed.of} labs fixed`, chalk.green, 2);
    standing(end, verdict);
    if (wrong !== undefined) inShort(end, isBrief ? withoutConstruct(wrong) : wrong, link);
    else if (first !== undefined) lookAt(end, first, link);
    if (next !== undefined) end.item('→', `Next: ${next}`);
    return end;
  };
  const whole = ending(false);
  const end = whole.lines.length > rows ? ending(true) : whole;

  const rest = new Page(columns);
  if (verdict.status !== 'not deployed') otherChecks(rest, verdict, wrong, link);
  const room = rows - end.lines.length - rest.lines.length - 2;
  const evidence = wrong === undefined ? [] : evidenceIn(room, wrong, verdict.lab, { columns, link, isApart });
  return [...evidence, ...apart(rest.lines), ...apart(end.lines)];
}

/** The file and line say where to look; the construct's name can take two more lines of a small screen. */
function withoutConstruct(result: Result): Result {
  if (!('place' in result) || result.place === undefined) return result;
  const { construct: _construct, ...place } = result.place;
  return { ...result, place };
}

function apart(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

function heading(page: Page, verdict: Verdict): void {
  page.item(verdictMarks[verdict.status], headline(verdict), (line) => chalk.bold(paints[verdict.status](line)));
}

/** Undecided and unreadable things aren't the learner's mistake, and aren't red. */
const paints: Readonly<Record<Verdict['status'], (line: string) => string>> = {
  fixed: (line) => chalk.green(line),
  'not fixed': (line) => chalk.red(line),
  'not deployed': (line) => chalk.red(line),
  'not deployed yet': (line) => chalk.yellow(line),
  pending: (line) => chalk.yellow(line),
  broken: (line) => chalk.yellow(line),
};

/** The first failing check, and whether to show it: if nothing is deployed, the lab's remark says so. */
function worst({ status, checks }: Verdict): { first?: Result | undefined; wrong?: Result | undefined } {
  const found = firstWrong(checks);
  const first = found && arnsOnce(found);
  return { first, wrong: status === 'not deployed' ? undefined : first };
}

/** Adds the remarks on the whole lab: why it has no room, and how file and account differ. */
function standing(page: Page, { remark, drift }: Verdict): void {
  if (remark !== undefined) page.text(remark, undefined, 2);
  const shown = drift?.changes.slice(0, MOST_CHANGES) ?? [];
  if (shown.length > 0) page.text(whatDeployingDoes, undefined, 2);
  for (const change of shown) page.item('·', change, undefined, 4);
  const more = (drift?.changes.length ?? 0) - shown.length;
  if (more > 0) page.item('·', `and ${more} more`, undefined, 4);
}

/** How many differences between file and account can be read at a glance. */
const MOST_CHANGES = 5;

function firstWrong(checks: readonly Result[]): Result | undefined {
  const first = (status: Result['status']) => checks.find((result) => result.status === status);
  return first('failed') ?? first('broken') ?? first('pending');
}

/** Adds expected, seen, and where to look. */
function inShort(page: Page, result: Result, link: Link): void {
  page.item(marks[result.status], `${result.title} (${resultInWords(result)})`, chalk.bold);
  // If a check couldn't look, what it expected explains nothing.
  if (result.status !== 'broken') page.field('expected', result.expected);
  page.field(result.status === 'failed' ? 'seen' : 'reason', actualOf(result));
  lookAt(page, result, link);
}

function lookAt(page: Page, result: Result, link: Link): void {
  const place: Place | undefined = 'place' in result ? result.place : undefined;
  if (place === undefined) return;
  page.field('look at', placeOf(result) ?? '', (line) => link(chalk.cyan(line), place));
  if (place.construct?.includes('/')) page.field('', `the construct ${place.construct}`, chalk.dim);
}

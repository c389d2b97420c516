import chalk from 'chalk';
import type { Evidence, Result, Verdict } from '../check.ts';
import { nextStep } from './next-step.ts';
import { actualOf, headline, placeOf, resultInWords } from './words.ts';
import { wrap } from './wrap.ts';

export interface TerminalOptions {
  /** How wide the terminal is, in characters. */
  readonly columns: number;
  /** What to do next, in place of the usual: while watching, saving is all there is to do. */
  readonly next?: string;
}

const marks: Readonly<Record<Result['status'], string>> = {
  passed: '✓',
  failed: '✗',
  blocked: '–',
  pending: '…',
  broken: '!',
};
const verdictMarks: Readonly<Record<Verdict['status'], string>> = {
  fixed: '✓',
  'not fixed': '✗',
  'not deployed': '✗',
  'not deployed yet': '✗',
  pending: '…',
  broken: '!',
};

/** The lines of a verdict for a person to read, none wider than the terminal. The verdict comes first, then the first thing that is wrong, in full. */
export function renderVerdict(verdict: Verdict, { columns, next = nextStep(verdict) }: TerminalOptions): string[] {
  const page = new Page(columns);
  const good = verdict.status === 'fixed';
  page.text(`${verdictMarks[verdict.status]} ${headline(verdict)}`, (line) =>
    chalk.bold(good ? chalk.green(line) : chalk.red(line)),
  );
  page.text(`in ${verdict.target.title}`, chalk.dim, 2);
  if (verdict.remark !== undefined) page.text(verdict.remark, undefined, 2);
  const first = firstWrong(verdict.checks);
  // What is not deployed is said already.
  const wrong = verdict.status === 'not deployed' ? undefined : first;
  if (wrong !== undefined) inFull(page, wrong);
  else if (first !== undefined) lookAt(page, first);
  page.blank();
  for (const result of verdict.checks) {
    if (result !== wrong) inALine(page, result);
  }
  if (next !== '') {
    page.blank();
    page.text(`Next: ${next}`);
  }
  return page.lines;
}

function firstWrong(checks: readonly Result[]): Result | undefined {
  const first = (status: Result['status']) => checks.find((result) => result.status === status);
  return first('failed') ?? first('broken') ?? first('pending');
}

function inFull(page: Page, result: Result): void {
  page.blank();
  page.text(`${marks[result.status]} ${result.title} (${resultInWords(result)})`, chalk.bold);
  page.field('expected', result.expected);
  page.field(result.status === 'failed' ? 'seen' : 'reason', actualOf(result));
  lookAt(page, result);
  if (result.status === 'failed') for (const evidence of result.evidence) shown(page, evidence);
  page.blank();
  page.field('read', result.docs.lab);
  page.field('', result.docs.aws);
}

function lookAt(page: Page, result: Result): void {
  const place = placeOf(result);
  if (place !== undefined) page.field('look at', place, chalk.cyan);
}

function shown(page: Page, { source, about, lines }: Evidence): void {
  page.blank();
  page.text(about === undefined ? source : `${source}  ${about}`, chalk.dim, 2);
  for (const line of lines) page.text(line, undefined, 4);
}

function inALine(page: Page, result: Result): void {
  const { status } = result;
  const paint = status === 'passed' ? chalk.green : status === 'failed' ? chalk.red : chalk.dim;
  page.text(`${marks[status]} ${result.title} (${resultInWords(result)})`, paint);
  if (status === 'passed' && result.remark !== undefined) page.text(result.remark, undefined, 2);
  if (status === 'failed') page.text(result.actual, undefined, 2);
}

type Paint = (line: string) => string;

/** Lines that keep to a width, however deep they are indented. */
class Page {
  readonly lines: string[] = [];
  readonly #columns: number;

  constructor(columns: number) {
    this.#columns = Math.max(20, columns);
  }

  blank(): void {
    if (this.lines.at(-1) !== '') this.lines.push('');
  }

  text(text: string, paint: Paint = (line) => line, indent = 0): void {
    for (const line of wrap(text, this.#columns - indent)) this.lines.push(' '.repeat(indent) + paint(line));
  }

  /** A label and a text beside it; below it where there is little room. */
  field(label: string, text: string, paint: Paint = (line) => line): void {
    if (this.#columns < 60) {
      if (label !== '') this.text(label, chalk.dim, 2);
      this.text(text, paint, 4);
      return;
    }
    for (const [index, line] of wrap(text, this.#columns - 12).entries()) {
      this.lines.push(`  ${chalk.dim((index === 0 ? label : '').padEnd(10))}${paint(line)}`);
    }
  }
}

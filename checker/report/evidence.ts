import chalk from 'chalk';
import type { Evidence } from '../checking/check.ts';
import type { Result } from '../checking/result.ts';
import { shortName } from '../workshop/short-name.ts';
import type { Link } from './link.ts';
import { Page } from './page.ts';
import { count } from './words.ts';

interface AtAGlance {
  readonly link: Link;
  readonly isApart?: boolean | undefined;
  /** How many lines of each piece of evidence to show, and at least those that decided it. */
  readonly most?: number;
  /** Whether to say what to read. */
  readonly reads?: boolean;
}

/** Adds the evidence, and what to read about it. */
export function evidenceOf(
  page: Page,
  result: Result,
  lab: string,
  { link, isApart, most = MOST_LINES, reads = true }: AtAGlance,
): void {
  const command = isApart === true ? undefined : `npx lab check ${shortName(lab)}`;
  if (result.status === 'failed') for (const evidence of result.evidence) shown(page, evidence, most, command);
  if (result.status === 'broken' || !reads) return;
  page.blank();
  page.field('read', result.docs.lab, (line) => link(line, { file: result.docs.lab }));
  page.field('', result.docs.aws, (line) => link(line, result.docs.aws));
}

/** Adds one piece of evidence. `command`: shows the lines that are left out. */
function shown(page: Page, { source, about, lines, marked = [] }: Evidence, most: number, command?: string): void {
  page.blank();
  page.text(about === undefined ? source : `${source}  ${about}`, chalk.dim, 2);
  const kept = atAGlance(lines.length, marked, most);
  page.excerpt(
    kept.map((index) => lines[index] ?? ''),
    kept.flatMap((index, position) => (marked.includes(index) ? position : [])),
  );
  const more = lines.length - kept.length;
  if (more === 0) return;
  const all = lines.length > MOST_LINES ? ' --json' : '';
  page.text(
    `and ${count(more, 'more line')}${command === undefined ? '' : `: \`${command}${all}\` prints all`}`,
    chalk.dim,
    4,
  );
}

/** How many lines of one piece of evidence can be read at a glance. */
const MOST_LINES = 8;

/** Returns which of this many lines to show: the deciding ones first, then others, in their order. */
function atAGlance(lines: number, marked: readonly number[], most: number): number[] {
  const others = Array.from({ length: lines }, (_, index) => index).filter((index) => !marked.includes(index));
  const shown = Math.min(Math.max(most, marked.length), MOST_LINES);
  return [...marked, ...others].slice(0, shown).sort((one, other) => one - other);
}

/** Returns as much evidence as fits. What to read goes first, then evidence without deciding lines, and those last. */
export function evidenceIn(
  room: number,
  wrong: Result,
  lab: string,
  { columns, link, isApart }: Pick<AtAGlance, 'link' | 'isApart'> & { readonly columns: number },
): string[] {
  const render = (result: Result, most: number): string[] => {
    const page = new Page(columns);
    evidenceOf(page, result, lab, { link, isApart, most, reads: most > MOST_LINES });
    return page.lines;
  };
  const deciding = decidingOf(wrong);
  let lines: string[] = [];
  for (let most = MOST_LINES + 1; most > 0; most -= 1) {
    lines = render(wrong, most);
    if (lines.length <= room) return lines;
  }
  for (let most = MOST_LINES; deciding !== undefined && most > 0; most -= 1) {
    lines = [...render(deciding, most), more(lab)];
    if (lines.length <= room + 1) return lines.slice(0, room);
  }
  return room < 4 ? [] : [...lines.slice(0, room - 1), more(lab)];
}

/** Returns a result with the evidence that has deciding lines; undefined if that's all of it, or nothing. */
function decidingOf(result: Result): Result | undefined {
  if (result.status !== 'failed') return undefined;
  const evidence = result.evidence.filter(({ marked = [] }) => marked.length > 0);
  return evidence.length === 0 || evidence.length === result.evidence.length ? undefined : { ...result, evidence };
}

/** A command's report has more of the lines, and its JSON has all. */
function more(lab: string): string {
  return chalk.dim(`  … \`npx lab check ${shortName(lab)}\` shows more of it.`);
}

import chalk from 'chalk';
import type { Standing } from '../workshop/progress.ts';
import { bar } from './bar.ts';
import { type Link, noLinks } from './link.ts';
import { Page } from './page.ts';
import { widthOf } from './width.ts';
import { timeOf } from './words.ts';

/** One lab of the workshop, and where the learner stands with it. */
export interface Row {
  readonly id: string;
  readonly title: string;
  readonly complaint: string;
  /** Which of the story's words it is about: `secure`. */
  readonly tags?: readonly string[];
  /** Relative to the workshop's folder: `labs/01-missing-route`. */
  readonly folder: string;
  /** The file in that folder to repair: `stack.ts`. */
  readonly repair: string;
  readonly standing: Standing;
  /** Whether commands without a name work on it. */
  readonly isAtHand?: boolean;
  /** When it was fixed for the first time (ISO 8601). */
  readonly fixedAt?: string | undefined;
  /** From when on what was left undecided can be decided (ISO 8601). */
  readonly decidedFrom?: string | undefined;
}

/** What is known of the lab that comes next without asking an account. */
export type Step =
  | 'not deployed'
  /** What is deployed is what the file says. */
  | 'deployed'
  /** So it is, and something of it could only be decided later. */
  | 'undecided'
  /** The file was changed since it was deployed. */
  | 'changed';

export interface PageOptions {
  /** How wide the terminal is, in characters. */
  readonly columns: number;
  readonly link?: Link;
  /** What is to be done before all else. */
  readonly notice?: string;
  /** The id of the process that `lab start` runs in, if it does. */
  readonly watchedBy?: number;
}

/** As wide as a bar may be. */
const WIDEST = 30;

/** The page of `lab`: where am I, what is next, which command. */
export function renderHome(
  rows: readonly Row[],
  step: Step,
  { columns, link = noLinks, notice, watchedBy }: PageOptions,
): string[] {
  const page = new Page(columns);
  header(page, rows);
  if (notice !== undefined) {
    page.item('!', notice, chalk.yellow);
    page.blank();
  }
  const current = nextOf(rows);
  if (current === undefined) {
    page.text('Every lab is fixed. Well done!', chalk.bold);
    changedLabs(page, rows);
    page.blank();
    page.field('again', '`npx lab reset --all` puts every lab back to its start.');
    page.field('compare', '`npx lab diff 01 --solution` shows your repair beside ours.');
    page.field('tidy up', '`npx lab destroy --all` takes away what is deployed.');
    return page.lines;
  }
  const { id, title, complaint, folder, repair, decidedFrom } = current;
  const number = id.slice(0, 2);
  page.text(`You are at lab ${number}: ${title}`, chalk.bold);
  page.text(`“${complaint}”`, undefined, 2, 1);
  page.blank();
  page.field('task', `${folder}/README.md`, (line) => link(chalk.cyan(line), { file: `${folder}/README.md` }));
  page.field('repair', `${folder}/${repair}`, (line) => link(chalk.cyan(line), { file: `${folder}/${repair}` }));
  page.field(
    'state',
    `${states[step]}${step === 'undecided' && decidedFrom !== undefined ? ` until ${timeOf(decidedFrom)}` : ''}`,
  );
  page.blank();
  const [command, why] =
    watchedBy === undefined || step === 'undecided' ? nextCommand(step, number) : whileWatched(watchedBy);
  page.item('→', `Next: ${command}`, chalk.bold);
  page.text(why, undefined, 2);
  changedLabs(page, rows);
  page.blank();
  for (const [text, what] of commands(step, number)) page.command(text, what);
  return page.lines;
}

/** The page of `lab list`: a line for each lab. */
export function renderList(rows: readonly Row[], { columns, link = noLinks, watchedBy }: PageOptions): string[] {
  const page = new Page(columns);
  header(page, rows);
  const current = nextOf(rows);
  const stateOf = (row: Row) => (row !== current ? inWords(row) : watchedBy === undefined ? 'next' : 'watched');
  const widest = (texts: readonly string[]) => Math.max(...texts.map(widthOf));
  const [ids, states] = [widest(rows.map(({ id }) => id)), widest(rows.map(stateOf))];
  // A table, where there is room for one.
  const indent = 2 + ids + 2 + states + 2;
  const isTable = indent + widest(rows.map(({ title }) => title)) <= page.columns;
  for (const row of rows) {
    const { id, title, complaint, folder } = row;
    const [mark, paint] = row === current ? ['→', chalk.bold] : marks[row.standing];
    const linked = (line: string) => link(line, { file: `${folder}/README.md` });
    if (isTable) {
      const about = tagsOf(row);
      const room = page.columns - indent - widthOf(title);
      const tags = widthOf(about) <= room ? chalk.dim(about) : '';
      page.lines.push(`${paint(`${mark} ${id.padEnd(ids)}  ${stateOf(row).padEnd(states)}`)}  ${linked(title)}${tags}`);
    } else {
      page.item(mark, `${id}: ${stateOf(row)}`, paint);
      page.text(`${title}${tagsOf(row)}`, linked, 2);
    }
    if (row.standing === 'to do') page.text(`“${complaint}”`, chalk.dim, isTable ? indent : 2, 1);
  }
  page.blank();
  page.text(
    current === undefined ? 'All labs were fixed.' : `\`npx lab\` says what to do in lab ${current.id.slice(0, 2)}.`,
  );
  return page.lines;
}

/** `  (secure, cost)` */
function tagsOf({ tags = [] }: Row): string {
  return tags.length === 0 ? '' : `  (${tags.join(', ')})`;
}

function header(page: Page, rows: readonly Row[]): void {
  const fixed = rows.filter(({ standing }) => standing !== 'to do').length;
  page.text('Websocket Lab', chalk.bold);
  const words = `${fixed} of ${rows.length} ${rows.length === 1 ? 'lab' : 'labs'} fixed`;
  const room = Math.min(WIDEST, page.columns - words.length - 1);
  if (room >= 10) page.lines.push(`${bar(fixed, rows.length, room)} ${words}`);
  else page.text(words);
  page.blank();
}

/** Returns the lab that comes next: the one at hand, unless it is done; else the first that was never fixed. */
export function nextOf(rows: readonly Row[]): Row | undefined {
  const isDone = ({ standing }: Row) => standing === 'fixed' || standing === 'was fixed';
  return rows.find((row) => row.isAtHand === true && !isDone(row)) ?? rows.find(({ standing }) => standing === 'to do');
}

const changes: { readonly [standing in Standing]?: (number: string) => string } = {
  'files changed': (number) => `Your files of lab ${number} have changed since it was fixed.`,
  'lab changed': (number) => `Lab ${number} has changed since you fixed it.`,
};

function changedLabs(page: Page, rows: readonly Row[]): void {
  for (const { id, standing } of rows) {
    const what = changes[standing];
    if (what === undefined) continue;
    const number = id.slice(0, 2);
    page.blank();
    page.item('i', `${what(number)} \`npx lab check ${number}\` says whether your repair still holds.`);
  }
}

const states: Readonly<Record<Step, string>> = {
  'not deployed': 'not deployed yet',
  deployed: 'deployed, as the files are now',
  undecided: 'deployed, as the files are now; what is left cannot be decided',
  changed: 'changed since it was deployed',
};

function nextCommand(step: Step, number: string): readonly [command: string, why: string] {
  switch (step) {
    case 'not deployed':
      return ['npm start', 'It deploys the lab, shows what is wrong, and watches while you repair it.'];
    case 'deployed':
      return ['npm start', 'It says what is wrong, and deploys and checks again each time you save.'];
    case 'undecided':
      return [`npx lab check ${number}`, 'It decides what is left, from then on. `npm start` waits for it by itself.'];
    case 'changed':
      return [
        `npx lab deploy ${number}`,
        `And then \`npx lab check ${number}\`. \`npm start\` does both each time you save.`,
      ];
  }
}

/** What is begun already is not begun once more. */
function whileWatched(pid: number): readonly [command: string, why: string] {
  return [
    'save your repair',
    `\`npm start\` is running in another window (process ${pid}): it deploys and checks what you save.`,
  ];
}

function commands(step: Step, number: string): ReadonlyArray<readonly [string, string]> {
  return [
    ...(step === 'not deployed' ? [] : ([[`npx lab check ${number}`, 'what is right and wrong now']] as const)),
    ...(step === 'not deployed' ? [] : ([['npx lab hint', 'one hint at a time']] as const)),
    ['npx lab list', 'all labs'],
    ['npx lab --help', 'everything else'],
  ];
}

const marks: Readonly<Record<Standing, readonly [mark: string, paint: (line: string) => string]>> = {
  'to do': [' ', (line) => line],
  fixed: ['✓', (line) => chalk.green(line)],
  'was fixed': ['✓', (line) => chalk.green(line)],
  'files changed': ['!', (line) => chalk.yellow(line)],
  'lab changed': ['!', (line) => chalk.yellow(line)],
};

function inWords({ standing, fixedAt = '' }: Row): string {
  const day = fixedAt.slice(0, 10);
  switch (standing) {
    case 'was fixed':
      return `was fixed on ${day}`;
    case 'files changed':
      return 'fixed, then edited';
    case 'lab changed':
      return 'was fixed; the lab has changed';
    default:
      return standing;
  }
}

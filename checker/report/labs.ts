import chalk from 'chalk';
import { gameDayId } from '../workshop/game-day-folder.ts';
import type { Standing } from '../workshop/progress.ts';
import { shortName } from '../workshop/short-name.ts';
import { spoken } from '../workshop/spoken.ts';
import { bar } from './bar.ts';
import { type Link, noLinks } from './link.ts';
import { commands, gameCommands, nextCommand, type Step, type Watching } from './next-command.ts';
import { Page } from './page.ts';
import { widthOf } from './width.ts';
import { timeOf } from './words.ts';

/** One lab of the workshop, and the learner's progress in it. */
export interface Row {
  readonly id: string;
  readonly title: string;
  readonly complaint: string;
  /** The story's words that it is about: `secure`. */
  readonly tags?: readonly string[];
  /** Relative to the workshop's folder: `labs/01-missing-route`. */
  readonly folder: string;
  /** The file in that folder to repair: `stack.ts`. */
  readonly repair: string;
  readonly standing: Standing;
  /** Whether commands without a name use it. */
  readonly isAtHand?: boolean;
  /** When it was first fixed (ISO 8601). */
  readonly fixedAt?: string | undefined;
  /** When undecided checks can be decided (ISO 8601). */
  readonly decidedFrom?: string | undefined;
}

export interface PageOptions {
  /** How wide the terminal is, in characters. */
  readonly columns: number;
  readonly link?: Link;
  /** A step to take before anything else. */
  readonly notice?: string;
  /** The process that watches a lab, if there is one. */
  readonly watcher?: Watching | undefined;
}

/** How wide a bar can be. */
const WIDEST = 30;

/** The page of `lab`: where am I, what's next, which command. */
export function renderHome(
  rows: readonly Row[],
  step: Step,
  { columns, link = noLinks, notice, watcher }: PageOptions,
): string[] {
  const page = new Page(columns);
  header(page, rows);
  if (notice !== undefined) {
    page.item('!', notice, chalk.yellow);
    page.blank();
  }
  if (watcher?.lab === gameDayId) {
    inGameDay(page, watcher);
    return page.lines;
  }
  const current = nextOf(rows);
  if (current === undefined) {
    page.text('Every lab is fixed. Well done!', chalk.bold);
    changedLabs(page, rows);
    page.blank();
    page.field('again', '`npx lab reset --all` resets every lab to its start.');
    page.field('compare', '`npx lab diff 01 --solution` compares your repair with ours.');
    page.field('tidy up', '`npx lab destroy --all` removes everything that is deployed.');
    return page.lines;
  }
  const { id, title, complaint, folder, repair, decidedFrom } = current;
  const number = shortName(id);
  page.text(`You're at lab ${number}: ${title}`, chalk.bold);
  page.text(spoken(complaint), undefined, 2, 1);
  page.blank();
  page.field('task', `${folder}/README.md`, (line) => link(chalk.cyan(line), { file: `${folder}/README.md` }));
  page.field('repair', `${folder}/${repair}`, (line) => link(chalk.cyan(line), { file: `${folder}/${repair}` }));
  page.field(
    'state',
    `${states[step]}${step === 'undecided' && decidedFrom !== undefined ? ` until ${timeOf(decidedFrom)}` : ''}`,
  );
  page.blank();
  const [command, why] = nextCommand(step, id, watcher, watcher && leadsOn(rows, watcher.lab, current));
  page.item('→', `Next: ${command}`, chalk.bold);
  page.text(why, undefined, 2);
  changedLabs(page, rows);
  page.blank();
  for (const [text, what] of commands(step, id)) page.command(text, what);
  return page.lines;
}

/** The page of `lab list`: a line for each lab. */
export function renderList(rows: readonly Row[], { columns, link = noLinks, watcher }: PageOptions): string[] {
  const page = new Page(columns);
  header(page, rows);
  const current = watcher?.lab === gameDayId ? undefined : nextOf(rows);
  const stateOf = (row: Row) => {
    if (row.id === watcher?.lab) return row.standing === 'to do' ? 'watched' : `${inWords(row)}, watched`;
    return row === current ? 'next' : inWords(row);
  };
  const widest = (texts: readonly string[]) => Math.max(...texts.map(widthOf));
  const [ids, states] = [widest(rows.map(({ id }) => id)), widest(rows.map(stateOf))];
  // A table, if there is room for one.
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
    if (row.standing === 'to do') page.text(spoken(complaint), chalk.dim, isTable ? indent : 2, 1);
  }
  page.blank();
  if (watcher?.lab === gameDayId)
    page.text(`${runningGame(watcher)} \`npx lab gameday status\` shows who is complaining.`);
  else if (current === undefined) page.text('All labs are fixed.');
  else page.text(`Run \`npx lab\` to see what to do in lab ${shortName(current.id)}.`);
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

/**
 * Returns the next lab: the one at hand, unless it is fixed; otherwise the one after the last that was fixed, or else
 * the first that never was.
 */
export function nextOf(rows: readonly Row[]): Row | undefined {
  const isToDo = ({ standing }: Row) => standing === 'to do';
  // Somebody who begins with a later lab goes on from there.
  const further = rows.slice(rows.findLastIndex(isDone) + 1);
  return rows.find((row) => row.isAtHand === true && !isDone(row)) ?? further.find(isToDo) ?? rows.find(isToDo);
}

function isDone({ standing }: Row): boolean {
  return standing === 'fixed' || standing === 'was fixed';
}

/** A game day has the whole room, so no lab is next. */
function inGameDay(page: Page, watcher: Watching): void {
  page.text(runningGame(watcher), chalk.bold);
  page.text('Each save in gameday/ is deployed and checked.', undefined, 2);
  page.blank();
  page.item('→', 'Next: npx lab gameday status', chalk.bold);
  page.text('Shows who is complaining, since when, and what was deployed.', undefined, 2);
  page.blank();
  for (const [text, what] of gameCommands) page.command(text, what);
}

function runningGame({ pid }: Watching): string {
  return `A game day is running in another window (process ${pid}).`;
}

/** Whether the watched lab is fixed, and the key n goes on from it to another one. */
function leadsOn(rows: readonly Row[], watched: string, to: Row): boolean {
  const from = rows.findIndex(({ id }) => id === watched);
  return rows[from]?.standing === 'fixed' && rows[from + 1] === to;
}

/** What has changed since labs were fixed: one of them, and several. */
const changes: { readonly [standing in Standing]?: ReadonlyArray<(labs: string) => string> } = {
  'files changed': [
    (lab) => `Your files of lab ${lab} have changed since it was fixed.`,
    (labs) => `Your files of labs ${labs} have changed since they were fixed.`,
  ],
  'lab changed': [
    (lab) => `Lab ${lab} has changed since you fixed it.`,
    (labs) => `Labs ${labs} have changed since you fixed them.`,
  ],
};

/** After `lab reset --all --to solution`, every lab has changed: they share a line. */
function changedLabs(page: Page, rows: readonly Row[]): void {
  for (const [standing, sentences] of Object.entries(changes)) {
    const numbers = rows.filter((row) => row.standing === standing).map(({ id }) => shortName(id));
    const isOne = numbers.length === 1;
    const what = sentences[isOne ? 0 : 1]?.(new Intl.ListFormat('en').format(numbers));
    if (numbers.length === 0 || what === undefined) continue;
    const command = `npx lab check ${numbers.length === rows.length ? '--all' : numbers.join(' ')}`;
    const works = isOne ? 'your repair still works' : 'your repairs still work';
    page.blank();
    page.item('i', `${what} \`${command}\` checks whether ${works}.`);
  }
}

const states: Readonly<Record<Step, string>> = {
  'not deployed': 'not deployed yet',
  deployed: 'deployed and up to date',
  undecided: "deployed and up to date; the last checks can't be decided",
  changed: 'changed since it was deployed',
};

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
      return 'was fixed; the lab has changed since';
    default:
      return standing;
  }
}

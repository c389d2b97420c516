import { renderDiff } from '../../checker/report/diff.ts';
import { type Row, renderHome, renderList } from '../../checker/report/labs.ts';
import type { Step } from '../../checker/report/next-command.ts';
import { renderVerdict } from '../../checker/report/terminal.ts';
import { gameDayId } from '../../checker/workshop/game-day-folder.ts';
import { labFiles } from '../../checker/workshop/lab-files.ts';
import { findLab } from '../../checker/workshop/lab-name.ts';
import { labs } from '../../checker/workshop/labs.ts';
import { patchLines } from '../../checker/workshop/patch-lines.ts';
import { workshopRoot } from '../../checker/workshop/root.ts';
import { hintsPage } from './ladders.ts';
import { states } from './states.ts';

/** Pages whose wrapping matters: they are kept at 40 columns, too. */
export const alsoNarrow = [
  '01-start',
  '02-too-much',
  '03-fixed',
  'broken-denied',
  'diff',
  'home-changed',
  'list-midway',
];

/** Returns every golden page by name, drawn for a terminal of the given width. */
export async function goldenPages(columns: number): Promise<Map<string, readonly string[]>> {
  const pages = new Map<string, readonly string[]>();
  for (const [name, verdict] of Object.entries(await states())) pages.set(name, renderVerdict(verdict, { columns }));
  for (const lab of labs) pages.set(`hints-${lab.id.slice(0, 2)}`, await hintsPage(lab, columns));
  for (const [name, lines] of [...homes(columns), ...lists(columns), ...(await diffs(columns))]) pages.set(name, lines);
  return pages;
}

function homes(columns: number): Array<[string, string[]]> {
  const pages: Record<string, [Row[], Step]> = {
    'home-new': [rows('to do', 'to do', 'to do'), 'not deployed'],
    'home-deployed': [rows('to do', 'to do', 'to do'), 'deployed'],
    'home-changed': [rows('fixed', 'to do', 'to do'), 'changed'],
    'home-lab-changed': [rows('lab changed', 'was fixed', 'to do'), 'not deployed'],
    'home-labs-changed': [rows('files changed', 'files changed', 'to do'), 'not deployed'],
    'home-all-changed': [rows('files changed', 'files changed', 'files changed'), 'not deployed'],
    'home-done': [rows('was fixed', 'was fixed', 'fixed'), 'not deployed'],
  };
  const whileWatched = (at: Row[], lab: string) => renderHome(at, 'deployed', { columns, watcher: { pid: 4711, lab } });
  return [
    ...Object.entries(pages).map(([name, [at, step]]): [string, string[]] => [name, renderHome(at, step, { columns })]),
    ['home-watched', whileWatched(rows('to do', 'to do', 'to do'), sample[0][0])],
    ['home-watched-before', whileWatched(rows('fixed', 'to do', 'to do'), sample[0][0])],
    ['home-gameday', whileWatched(rows('fixed', 'fixed', 'fixed'), gameDayId)],
    ['home-watched-other', whileWatched(rows('to do', 'to do', 'to do'), sample[2][0])],
  ];
}

function lists(columns: number): Array<[string, string[]]> {
  return [
    ['list-new', renderList(rows('to do', 'to do', 'to do'), { columns })],
    ['list-midway', renderList(rows('lab changed', 'was fixed', 'to do'), { columns })],
    ['list-done', renderList(rows('fixed', 'was fixed', 'fixed'), { columns })],
  ];
}

/** A short workshop, so its pages stay the same when another lab is added. */
const sample = [
  ['01-missing-route', 'The missing route', "I typed hello. The room said it doesn't understand me."],
  ['02-lambda-permissions', 'What a function is allowed to do', 'I typed hello. It says "Internal server error".'],
  ['03-no-auth', 'Who gets in', 'There was a stranger in our meeting.'],
] as const;

function rows(...standings: Array<Row['standing']>): Row[] {
  return sample.map(([id, title, complaint], index) => {
    const standing = standings[index] ?? 'to do';
    const fixedAt = standing === 'to do' ? {} : { fixedAt: '2026-11-24T09:30:00.000Z' };
    return { id, title, complaint, folder: `labs/${id}`, repair: 'stack.ts', standing, ...fixedAt };
  });
}

async function diffs(columns: number): Promise<Array<[string, string[]]>> {
  const { id } = findLab('01');
  const root = workshopRoot();
  const [folder, solution] = [`labs/${id}`, `solutions/${id}`];
  const [start, solved] = await Promise.all([labFiles(root, id, 'start'), labFiles(root, id, 'solution')]);
  const done = patchLines(folder, start, solved);
  return [
    ['diff-none', renderDiff({ folder, solution, sinceStart: [] }, columns)],
    ['diff', renderDiff({ folder, solution, sinceStart: done }, columns)],
    ['diff-fixed', renderDiff({ folder, solution, sinceStart: done, toSolution: [] }, columns)],
    ['diff-solution', renderDiff({ folder, solution, toSolution: done }, columns)],
  ];
}

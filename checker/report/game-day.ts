import chalk from 'chalk';
import type { GameDocument } from '../gameday/document.ts';
import type { GameReport, ReportedComplaint } from '../gameday/report.ts';
import { spoken } from '../workshop/spoken.ts';
import { Page } from './page.ts';
import { count, timeOf } from './words.ts';

/** Returns the lines of a running game: complaints, since when, and what was deployed. */
export function renderGame(game: GameDocument, now: number, columns: number): string[] {
  const page = new Page(columns);
  page.text(headingOf(game, now), chalk.bold);
  const open = game.complaints.filter(({ state }) => state === 'open');
  page.blank();
  if (open.length === 0) page.text(game.moreToCome ? 'Nobody is complaining right now.' : 'Nobody is complaining.');
  if (game.broken.length > 0) page.text(`These checks passed before, and still fail: ${game.broken.join('; ')}.`);
  for (const { number, from, complaint, since, hints } of open) {
    const taken = hints === 0 ? '' : `, ${count(hints, 'hint')} taken`;
    page.item('✗', `${number}. ${from}, since ${timeOf(since)}${taken}: ${spoken(complaint)}`, undefined, 0, 3);
  }
  const solved = game.complaints.filter(({ state }) => state === 'solved');
  for (const { number, from, solvedAt } of solved) {
    page.item('✓', `${number}. ${from}, solved at ${timeOf(solvedAt ?? '')}`, chalk.green);
  }
  page.blank();
  // The first deployment is the game's own.
  const [, ...deployments] = game.deployments;
  if (deployments.length === 0) page.text("You haven't deployed anything yet.");
  for (const { at, files, broke } of deployments) {
    page.item('·', `${timeOf(at)} deployed ${files.join(', ')}${broke ? ', which broke something that worked' : ''}`);
  }
  return page.lines;
}

function headingOf({ seed, endsAt, endedAt, score, of }: GameDocument, now: number): string {
  const points = `${score} of ${of} points so far`;
  if (endedAt !== null) return `Game day, seed ${seed}: over, ${score} of ${of} points`;
  if (endsAt === null) return `Game day, seed ${seed}: the room is being deployed`;
  const left = Math.max(0, Date.parse(endsAt) - now);
  return `Game day, seed ${seed}: ${count(Math.ceil(left / 60_000), 'minute')} left, ${points}`;
}

/** Returns the lines of a finished game's report. */
export function renderGameReport(report: GameReport, columns: number): string[] {
  const page = new Page(columns);
  page.text(`Game day, seed ${report.seed}: ${report.score} of ${report.of} points`, chalk.bold);
  page.blank();
  for (const moment of report.timeline) page.item('·', `${timeOf(moment.at)} ${moment.text}`, undefined, 0, 9);
  for (const complaint of report.complaints) {
    page.blank();
    const isSolved = complaint.solvedAt !== null;
    const paint = isSolved ? chalk.green : chalk.red;
    page.item(isSolved ? '✓' : '✗', outcomeOf(complaint), (line) => chalk.bold(paint(line)));
    page.text(spoken(complaint.complaint), undefined, 2);
    page.field('cause', complaint.cause);
    if (complaint.file !== null)
      page.field('line', `${complaint.file}:${complaint.line} when the game began`, chalk.cyan);
    page.field('look', complaint.look);
  }
  if (report.broken.length > 0) page.blank();
  for (const title of report.broken) page.item('✗', `Still broken at the end: ${title}`, chalk.red);
  return page.lines;
}

/** Returns the result of a complaint: `2. Grace: solved, 87 points, 1 hint`. */
export function outcomeOf({ number, from, isOurs, solvedAt, openedAt, points, hints }: ReportedComplaint): string {
  const taken = hints === 0 ? '' : `, ${count(hints, 'hint')}`;
  if (solvedAt === null) return `${number}. ${from}: ${openedAt === null ? 'never complained' : 'not solved'}${taken}`;
  return `${number}. ${from}: ${isOurs ? 'solved' : 'not ours'}, ${points} points${taken}`;
}

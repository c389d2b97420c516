import { isClosed } from './complaints.ts';
import type { Game } from './game.ts';
import { points } from './score.ts';

/** Something that happened, in a sentence. */
export interface Moment {
  readonly at: number;
  readonly text: string;
}

const ends = {
  'all solved': 'Everything was solved.',
  'time is over': 'The time was over.',
  'ended early': 'The game was ended early.',
} as const;

/** Returns what happened in a game, in order. */
export function timelineOf({ startedAt, complaints, deployments, wrongAnswers, hints, ended }: Game): Moment[] {
  const moments: Moment[] =
    startedAt === undefined ? [] : [{ at: startedAt, text: 'The room was deployed; the clock started.' }];
  for (const complaint of complaints) {
    const { number, grievance, isOurs, openedAt, closedAt } = complaint;
    const { from } = grievance;
    if (openedAt !== undefined) moments.push({ at: openedAt, text: `${from} complained (${number}).` });
    if (!isClosed(complaint) || closedAt === undefined) continue;
    const what = isOurs ? `Complaint ${number} was solved.` : `Complaint ${number} was found to be not ours.`;
    const early = `What ${from} would have complained about was repaired before.`;
    moments.push({ at: closedAt, text: openedAt === undefined || openedAt > closedAt ? early : what });
  }
  // The first deployment is the game's own.
  for (const { at, files, broke } of deployments.slice(1)) {
    const broken = broke.length === 0 ? '' : ` It broke what had worked (${broke.join(', ')}): -${points.break}.`;
    moments.push({ at, text: `${files.join(', ')} deployed.${broken}` });
  }
  for (const { at, complaint } of hints) moments.push({ at, text: `A hint was taken for complaint ${complaint}.` });
  for (const { at, complaint } of wrongAnswers) {
    moments.push({ at, text: `Complaint ${complaint} was called “not ours”, and it was: -${points.wrongAnswer}.` });
  }
  if (ended !== undefined) moments.push({ at: ended.at, text: ends[ended.why] });
  return moments.sort((one, other) => one.at - other.at);
}

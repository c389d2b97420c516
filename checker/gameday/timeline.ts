import { type Game, gameOf } from './game.ts';
import { newsSince } from './news.ts';
import type { Happened } from './record.ts';
import { titleOf } from './title-of.ts';

/** An event as a sentence. */
export interface Moment {
  readonly at: number;
  readonly text: string;
}

const ends = {
  'all solved': 'Everything is solved.',
  'time is over': 'Time is up.',
  'ended early': 'The game was ended early.',
} as const;

/** Returns the events of a record as sentences, in order. */
export function timelineOf(record: readonly Happened[]): Moment[] {
  const moments: Moment[] = [];
  let before: Game | undefined;
  for (const [index, event] of record.entries()) {
    const now = gameOf(record.slice(0, index + 1));
    const at = Date.parse(event.at);
    for (const text of [...deed(event, before), ...newsOf(before, now)]) moments.push({ at, text });
    before = now;
  }
  // Complaints that came while nothing was running are recorded later.
  return moments.sort((one, other) => one.at - other.at);
}

/** Returns what a player or the clock did. */
function deed(event: Happened, before: Game | undefined): string[] {
  switch (event.kind) {
    case 'looked':
      return before?.startedAt === undefined ? ['The room is deployed. The clock starts.'] : [];
    case 'hinted':
      return [`A hint for complaint ${event.complaint}.`];
    case 'ended':
      return [ends[event.why]];
    default:
      return [];
  }
}

function newsOf(before: Game | undefined, now: Game | undefined): string[] {
  if (before === undefined || now === undefined) return [];
  // The first deployment is the game's own.
  const deployed = now.deployments.slice(Math.max(1, before.deployments.length));
  const broke = now.deployments.at(-1)?.broke ?? [];
  const isBreak = broke.length > 0 && before.deployments.at(-1)?.broke.length === 0;
  return [
    ...deployed.map(({ files }) => `Deployed ${files.join(', ')}.`),
    ...newsSince(before, now).map(({ text, said }) => (said === undefined ? text : `${text}.`)),
    ...(isBreak ? [`Broken: ${broke.map(titleOf).join('; ')}.`] : []),
  ];
}

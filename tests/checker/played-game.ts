import { gameOf } from '../../checker/gameday/game.ts';
import type { Planned } from '../../checker/gameday/plan.ts';
import type { Happened, Happening } from '../../checker/gameday/record.ts';

export const start = Date.parse('2026-11-28T10:00:00.000Z');
export const minute = 60_000;

/** Solved by two-people-talk, by every-route-is-throttled, and by an answer. */
const complaints: readonly Planned[] = [
  { about: 'missing-route', isOurs: true, due: 0 },
  { about: 'caps-lock', isOurs: false, due: 10 * minute },
  { about: 'open-floodgates', isOurs: true, due: 20 * minute },
];

const broken = {
  'two-people-talk': 'failed',
  'every-route-is-throttled': 'failed',
  'stranger-is-refused': 'passed',
} as const;

/** A game of an hour in which these things happen, each this many minutes after the start. */
export function record(...happened: ReadonlyArray<readonly [number, Happening]>): Happened[] {
  const planned: Happening = { kind: 'planned', format: 1, seed: 7, minutes: 60, complaints };
  const all: ReadonlyArray<readonly [number, Happening]> = [
    [-1, planned],
    [-0.5, { kind: 'deployed', changed: {} }],
    [0, { kind: 'looked', checks: broken }],
    ...happened,
  ];
  return all.map(([after, event]) => ({ ...event, at: new Date(start + after * minute).toISOString() }) as Happened);
}

export function game(...happened: ReadonlyArray<readonly [number, Happening]>) {
  const found = gameOf(record(...happened));
  if (found === undefined) throw new Error('There is no game.');
  return found;
}

export const complained = (complaint: number): Happening => ({ kind: 'complained', complaint });
export const looked = (
  checks: Partial<typeof broken> | Record<string, 'passed' | 'failed' | 'blocked'>,
): Happening => ({
  kind: 'looked',
  checks: { ...broken, ...checks },
});

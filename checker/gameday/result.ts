import { UsageError } from '../failures/errors.ts';
import { isClosed } from './complaints.ts';
import { gameOf } from './game.ts';
import { plan } from './plan.ts';
import { readRecord } from './record.ts';
import { titleOf } from './title-of.ts';

/** The result of somebody's game day. */
export interface GameDayResult {
  readonly isAllSolved: boolean;
  /** `seed 7: 287 of 400 points, 4 of 5 complaints solved` */
  readonly inWords: string;
}

/**
 * Returns the result of a folder's game day; undefined if there's none. The record is the learner's own file, so this
 * computes the score again, and compares the complaints with those that the seed draws.
 */
export async function gameDayResult(folder: string): Promise<GameDayResult | undefined> {
  const record = await readRecord(folder);
  const game = gameOf(record);
  if (game === undefined) return undefined;
  const { seed, minutes, complaints, score, of, ended, broken } = game;
  const solved = complaints.filter(isClosed).length;
  const isDrawn = hasPlanOfItsSeed({ seed, minutes, complaints });
  const notes = [
    ...(ended === undefined ? ['still running'] : []),
    ...(broken.length === 0 ? [] : [`still broken: ${broken.map(titleOf).join(', ')}`]),
    ...(isDrawn ? [] : ['not what this seed draws: another version of the workshop, or the record was edited']),
  ];
  const counted = `seed ${seed}: ${score} of ${of} points, ${solved} of ${complaints.length} complaints solved`;
  return {
    isAllSolved: isDrawn && solved === complaints.length && broken.length === 0,
    inWords: [counted, ...notes].join('; '),
  };
}

type Played = Pick<NonNullable<ReturnType<typeof gameOf>>, 'seed' | 'minutes' | 'complaints'>;

function hasPlanOfItsSeed({ seed, minutes, complaints }: Played): boolean {
  const count = complaints.filter(({ isOurs }) => isOurs).length;
  let drawn: ReturnType<typeof plan>;
  try {
    drawn = plan({ seed, count, minutes });
  } catch (error) {
    if (error instanceof UsageError) return false;
    throw error;
  }
  return drawn.length === complaints.length && drawn.every(({ about }, index) => complaints[index]?.about === about);
}

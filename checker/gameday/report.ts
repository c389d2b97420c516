import { LabError } from '../failures/errors.ts';
import { type Game, gameOf } from './game.ts';
import { type Happened, plantedIn } from './record.ts';
import { type Repair, repairOf } from './repairs.ts';
import { timelineOf } from './timeline.ts';
import { titleOf } from './title-of.ts';

/** The report of a game. Times are ISO 8601. */
export interface GameReport {
  readonly schema: 1;
  readonly seed: number;
  readonly minutes: number;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly why: NonNullable<Game['ended']>['why'] | null;
  readonly score: number;
  readonly of: number;
  readonly complaints: readonly ReportedComplaint[];
  /** The titles of checks that passed before and failed at the end. */
  readonly broken: readonly string[];
  readonly timeline: ReadonlyArray<{ readonly at: string; readonly text: string }>;
}

export interface ReportedComplaint {
  readonly number: number;
  /** The name of the fault, or of the outside cause. */
  readonly about: string;
  readonly isOurs: boolean;
  readonly from: string;
  readonly complaint: string;
  readonly openedAt: string | null;
  readonly solvedAt: string | null;
  readonly hints: number;
  readonly points: number;
  /** The cause, and where to look. */
  readonly cause: string;
  readonly look: string;
  /** The wrong line, in the game's original files. */
  readonly file: string | null;
  readonly line: number | null;
  /** The repair, as the lines of a patch. */
  readonly patch: readonly string[];
}

/** Returns the report of a record's game. Rejects with a LabError if it has none. */
export async function reportOf(root: string, record: readonly Happened[]): Promise<GameReport> {
  const game = gameOf(record);
  if (game === undefined) throw new LabError('There is no game day yet.', '`npx lab gameday` starts one.');
  const { seed, minutes, startedAt, ended, score, of, complaints, broken } = game;
  const planted = plantedIn(record);
  return {
    schema: 1,
    seed,
    minutes,
    startedAt: timeOf(startedAt),
    endedAt: timeOf(ended?.at),
    why: ended?.why ?? null,
    score,
    of,
    complaints: await Promise.all(
      complaints.map(async ({ number, about, isOurs, grievance, openedAt, closedAt, hints, points }) => {
        const { from, complaint, cause, look } = grievance;
        const { place, patch } = isOurs ? await repairOrNone(root, about, planted) : { patch: [] };
        return {
          number,
          about,
          isOurs,
          from,
          complaint,
          openedAt: timeOf(openedAt),
          solvedAt: timeOf(closedAt),
          hints,
          points,
          cause,
          look,
          file: place?.file ?? null,
          line: place?.line ?? null,
          patch,
        };
      }),
    ),
    broken: broken.map(titleOf),
    timeline: timelineOf(record).map(({ at, text }) => ({ at: new Date(at).toISOString(), text })),
  };
}

/** An updated workshop may no longer have the fault. Then the report omits its lines. */
function repairOrNone(root: string, about: string, planted: readonly string[]): Promise<Repair> {
  return repairOf(root, about, planted).catch((error: unknown) => {
    if (!(error instanceof LabError)) throw error;
    return { patch: [] };
  });
}

function timeOf(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString();
}

import { isClosed } from './complaints.ts';
import { type Game, keptOpenBy } from './game.ts';
import { titleOf } from './title-of.ts';

/** A game as players see it while it runs: `lab gameday status --json`, the chat page and the console. */
export interface GameDocument {
  readonly seed: number;
  readonly minutes: number;
  /** ISO 8601, as all times here; null until the room is deployed. */
  readonly startedAt: string | null;
  readonly endsAt: string | null;
  readonly endedAt: string | null;
  readonly score: number;
  readonly of: number;
  /** The complaints so far, in order. */
  readonly complaints: readonly ComplaintDocument[];
  /** Whether more will come. How many stays secret. */
  readonly moreToCome: boolean;
  /** The titles of checks that keep the game from ending although every complaint is solved: what the player broke. */
  readonly broken: readonly string[];
  readonly deployments: ReadonlyArray<{
    readonly at: string;
    readonly files: readonly string[];
    readonly broke: boolean;
  }>;
}

interface ComplaintDocument {
  readonly number: number;
  readonly from: string;
  readonly complaint: string;
  readonly since: string;
  readonly state: 'open' | 'solved';
  readonly solvedAt: string | null;
  readonly hints: number;
}

/** Returns what players are allowed to know about a game. */
export function gameDocument(game: Game): GameDocument {
  const { seed, minutes, complaints, deployments, startedAt, endsAt, ended, score, of } = game;
  return {
    seed,
    minutes,
    startedAt: timeOf(startedAt),
    endsAt: timeOf(endsAt),
    endedAt: timeOf(ended?.at),
    score,
    of,
    complaints: complaints.flatMap(({ number, grievance, openedAt, closedAt, hints }) => {
      if (openedAt === undefined) return [];
      const { from, complaint } = grievance;
      const state = closedAt === undefined ? 'open' : 'solved';
      const since = new Date(openedAt).toISOString();
      return { number, from, complaint, since, state, solvedAt: timeOf(closedAt), hints } as const;
    }),
    moreToCome: complaints.some((each) => each.openedAt === undefined && !isClosed(each)),
    broken: keptOpenBy(game).map(titleOf),
    deployments: deployments.map(({ at, files, broke }) => {
      return { at: new Date(at).toISOString(), files, broke: broke.length > 0 };
    }),
  };
}

function timeOf(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString();
}

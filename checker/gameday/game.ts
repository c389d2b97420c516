import { gameDayId } from '../workshop/game-day-folder.ts';
import { type Complaint, foldComplaints, isClosed, isOpen } from './complaints.ts';
import type { Happened, Happening } from './record.ts';
import { points } from './score.ts';

/** The state of a game. Times are in milliseconds since the epoch. */
export interface Game {
  readonly seed: number;
  readonly minutes: number;
  /** When the room was first deployed and checked; undefined until then. */
  readonly startedAt?: number;
  /** When time is up; undefined until the clock starts. */
  readonly endsAt?: number;
  readonly ended?: { readonly at: number; readonly why: Extract<Happened, { kind: 'ended' }>['why'] };
  readonly complaints: readonly Complaint[];
  /** The deployments, oldest first. The first one is the game's own. */
  readonly deployments: readonly Deployment[];
  /** The checks that passed before and fail now, by id: what the player broke and hasn't repaired. */
  readonly broken: readonly string[];
  readonly hints: ReadonlyArray<{ readonly at: number; readonly complaint: number }>;
  /** Wrong "not ours" answers. */
  readonly wrongAnswers: ReadonlyArray<{ readonly at: number; readonly complaint: number }>;
  readonly score: number;
  /** The points of a perfect game. */
  readonly of: number;
}

export interface Deployment {
  readonly at: number;
  /** The files that changed since the previous deployment, by their path in the workshop. */
  readonly files: readonly string[];
  /** The checks that passed before it and failed after it. */
  readonly broke: readonly string[];
}

/** Returns the game of a record; undefined if the record has none. */
export function gameOf(record: readonly Happened[]): Game | undefined {
  const planned = record.find((event) => event.kind === 'planned');
  if (planned?.kind !== 'planned') return undefined;
  const { seed, minutes } = planned;
  const first = record.find(({ kind }) => kind === 'looked');
  const startedAt = first === undefined ? undefined : Date.parse(first.at);
  const endsAt = startedAt === undefined ? undefined : startedAt + minutes * 60_000;
  const end = record.find((event) => event.kind === 'ended');
  const ended = end?.kind === 'ended' ? { at: Date.parse(end.at), why: end.why } : undefined;
  // Somebody can answer at the moment when the game ends.
  const during = record.filter(({ at }) => ended === undefined || Date.parse(at) <= ended.at);
  const complaints = foldComplaints(planned.complaints, during, minutes);
  const deployments = foldDeployments(during);
  const wrongAnswers = during.flatMap((event) => {
    if (event.kind !== 'answered' || planned.complaints[event.complaint - 1]?.isOurs !== true) return [];
    return { at: Date.parse(event.at), complaint: event.complaint };
  });
  const hints = during.flatMap((event) =>
    event.kind === 'hinted' ? { at: Date.parse(event.at), complaint: event.complaint } : [],
  );
  const breaks = deployments.filter(({ broke }) => broke.length > 0).length;
  const earned = complaints.reduce((sum, each) => sum + each.points, 0);
  return {
    seed,
    minutes,
    startedAt,
    endsAt,
    ended,
    complaints,
    deployments,
    broken: brokenAfter(during),
    hints,
    wrongAnswers,
    score: Math.max(0, earned - breaks * points.break - wrongAnswers.length * points.wrongAnswer),
    of: complaints.reduce((sum, { isOurs }) => sum + (isOurs ? points.ours : points.notOurs), 0),
  };
}

/** Returns the event that has to be recorded now, and its time; undefined if there is none. */
export function nextHappening(game: Game, now: number): Due | undefined {
  const { startedAt, endsAt, ended, complaints } = game;
  if (startedAt === undefined || endsAt === undefined || ended !== undefined) return undefined;
  if (now >= endsAt) return { happening: { kind: 'ended', why: 'time is over' }, at: endsAt };
  if (complaints.every(isClosed) && game.broken.length === 0)
    return { happening: { kind: 'ended', why: 'all solved' }, at: now };
  const next = complaints.find((each) => each.openedAt === undefined && !isClosed(each));
  if (next === undefined) return undefined;
  const due = startedAt + next.due;
  // People complained even while nothing was running.
  if (now < due && complaints.some(isOpen)) return undefined;
  return { happening: { kind: 'complained', complaint: next.number }, at: Math.min(now, due) };
}

/** Returns the checks, by id, that keep a game from ending although every complaint is solved. */
export function keptOpenBy({ complaints, broken, ended }: Game): readonly string[] {
  return ended === undefined && complaints.every(isClosed) ? broken : [];
}

/** Returns the last known status of each check. One that didn't run keeps its status. */
export function lastKnown(record: readonly Happened[]): ReadonlyMap<string, 'passed' | 'failed'> {
  const known = new Map<string, 'passed' | 'failed'>();
  for (const event of record) {
    if (event.kind !== 'looked') continue;
    learn(known, event.checks);
  }
  return known;
}

function learn(known: Map<string, 'passed' | 'failed'>, checks: Readonly<Record<string, string>>): void {
  for (const [id, status] of Object.entries(checks))
    if (status === 'passed' || status === 'failed') known.set(id, status);
}

/** Returns the checks, by id, that fail now and passed before. */
function brokenAfter(record: readonly Happened[]): string[] {
  const passed = new Set(
    record.flatMap((event) =>
      event.kind === 'looked' ? Object.keys(event.checks).filter((id) => event.checks[id] === 'passed') : [],
    ),
  );
  return [...lastKnown(record)].flatMap(([id, status]) => (status === 'failed' && passed.has(id) ? id : []));
}

interface Due {
  readonly happening: Happening;
  readonly at: number;
}

function foldDeployments(record: readonly Happened[]): Deployment[] {
  const deployments: Array<{ at: number; files: readonly string[]; broke: string[] }> = [];
  const known = new Map<string, 'passed' | 'failed'>();
  let before: Readonly<Record<string, string>> = {};
  for (const event of record) {
    if (event.kind === 'deployed') {
      const { changed } = event;
      const files = [...new Set([...Object.keys(before), ...Object.keys(changed)])];
      const other = files.filter((path) => before[path] !== changed[path]).sort();
      const inWorkshop = other.map((path) => `${gameDayId}/${path}`);
      deployments.push({ at: Date.parse(event.at), files: inWorkshop, broke: [] });
      before = changed;
    }
    if (event.kind !== 'looked') continue;
    for (const [id, status] of Object.entries(event.checks))
      if (status === 'failed' && known.get(id) === 'passed') deployments.at(-1)?.broke.push(id);
    learn(known, event.checks);
  }
  return deployments;
}

import type { Grievance } from './fault.ts';
import { faults } from './faults.ts';
import { notOurs } from './not-ours.ts';
import type { Planned } from './plan.ts';
import type { Happened } from './record.ts';
import { pointsFor } from './score.ts';

/** The state of a complaint. Times are in milliseconds since the epoch. */
export interface Complaint extends Planned {
  /** Counts from 1, in order of arrival. */
  readonly number: number;
  readonly grievance: Grievance;
  /** When somebody complained; undefined if nobody has yet, or never had to. */
  readonly openedAt?: number;
  /** When it was repaired, or answered correctly. */
  readonly closedAt?: number;
  /** How many hints were taken. */
  readonly hints: number;
  /** Points so far. */
  readonly points: number;
}

/** Whether a complaint needs no more work. */
export function isClosed({ closedAt }: Pick<Complaint, 'closedAt'>): boolean {
  return closedAt !== undefined;
}

/** Whether somebody is waiting: they complained, but it isn't solved. */
export function isOpen({ openedAt, closedAt }: Pick<Complaint, 'openedAt' | 'closedAt'>): boolean {
  return openedAt !== undefined && closedAt === undefined;
}

/** Returns the complaints of a game, after all events of its record. */
export function foldComplaints(
  planned: readonly Planned[],
  record: readonly Happened[],
  minutes: number,
): readonly Complaint[] {
  return planned.map((each, index) => {
    const number = index + 1;
    const grievance = grievanceOf(each.about);
    const state = stateOf(each, record, number);
    const { openedAt, closedAt, hints } = state;
    const waited = closedAt === undefined ? 0 : closedAt - Math.min(openedAt ?? closedAt, closedAt);
    const solved = { isOurs: each.isOurs, waited: waited / (minutes * 60_000), hints };
    return { ...each, number, grievance, ...state, points: closedAt === undefined ? 0 : pointsFor(solved) };
  });
}

function stateOf({ about, isOurs }: Planned, record: readonly Happened[], number: number) {
  const solvedBy = faults[about]?.solvedBy ?? [];
  let [openedAt, closedAt]: [number | undefined, number | undefined] = [undefined, undefined];
  let hints = 0;
  for (const event of record) {
    const at = Date.parse(event.at);
    if (event.kind === 'looked' && isOurs) {
      const { checks } = event;
      if (solvedBy.every((id) => checks[id] === 'passed')) closedAt ??= at;
      // A check that didn't run changes nothing.
      else if (solvedBy.some((id) => checks[id] === 'failed' && !isSideEffect(id, checks))) closedAt = undefined;
    }
    if (!('complaint' in event) || event.complaint !== number) continue;
    if (event.kind === 'complained') openedAt ??= at;
    if (event.kind === 'hinted' && closedAt === undefined) hints += 1;
    if (event.kind === 'answered' && !isOurs) closedAt ??= at;
  }
  return {
    openedAt,
    closedAt,
    hints,
  };
}

/**
 * Returns whether a check can fail because of something other than the fault that it identifies: a fault that fails it,
 * too, and is identified by another check, which fails now.
 */
function isSideEffect(id: string, checks: Readonly<Record<string, string>>): boolean {
  return Object.values(faults).some(
    ({ solvedBy, alsoFails }) => alsoFails.includes(id) && solvedBy.some((other) => checks[other] === 'failed'),
  );
}

/** A record from another version can name faults that this one doesn't have. */
function grievanceOf(about: string): Grievance {
  return (
    faults[about] ??
    notOurs[about] ?? {
      from: 'Somebody',
      complaint: `(${about}: not in this version of the workshop)`,
      look: '',
      cause: '',
    }
  );
}

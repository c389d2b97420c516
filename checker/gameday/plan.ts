import { UsageError } from '../failures/errors.ts';
import { checks } from './checks.ts';
import { draw } from './draw.ts';
import type { Fault } from './fault.ts';
import { faults } from './faults.ts';
import { notOurs } from './not-ours.ts';
import { canBeDrawnTogether } from './pairs.ts';
import { randomFrom, shuffled } from './random.ts';

/** A planned complaint, by the name of its fault or of its outside cause. */
export interface Planned {
  readonly about: string;
  /** Whether the room causes it. */
  readonly isOurs: boolean;
  /** When it comes at the latest, in milliseconds after the start; sooner if no other is open. */
  readonly due: number;
}

export interface PlanOptions {
  readonly seed: number;
  /** The number of planted faults. */
  readonly count: number;
  readonly minutes: number;
}

/** The number of complaints about things that the room doesn't cause. */
const NOT_OURS = 2;

/** The part of the time by which everyone has complained. */
const ALL_BY = 0.6;

/**
 * Returns the plan of a seed: its complaints, in order. Throws a UsageError if this many faults don't fit in one game.
 */
export function plan({ seed, count, minutes }: PlanOptions): Planned[] {
  const random = randomFrom(seed);
  const planted = drawFaults(count, random);
  const strangers = shuffled(Object.keys(notOurs), random).slice(0, NOT_OURS);
  // The first one is the room's fault, so nobody begins with a riddle.
  const [first = '', ...rest] = planted;
  const order = [first, ...shuffled([...rest, ...strangers], random)];
  const slot = (minutes * 60_000 * ALL_BY) / Math.max(1, order.length - 1);
  return order.map((about, index) => ({
    about,
    isOurs: about in faults,
    // Somewhere in the second half of its slot.
    due: index === 0 ? 0 : Math.round(slot * (index - 0.5 + random() / 2)),
  }));
}

function drawFaults(count: number, random: () => number): readonly string[] {
  const fits = (one: Named, other: Named) => canBeDrawnTogether(one, other, checks);
  const drawn = draw(Object.entries(faults), count, { fits, random });
  if (drawn !== undefined) return drawn.map(([name]) => name);
  let most = count - 1;
  while (draw(Object.entries(faults), most, { fits, random }) === undefined) most -= 1;
  throw new UsageError(
    `${count} faults would mask each other.`,
    `At most ${most} can be in one game: pass --faults ${most} or fewer.`,
  );
}

type Named = readonly [string, Fault];

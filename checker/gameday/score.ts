/** What a game counts, in points. */
export const points = {
  /** For a fault that is repaired at once, and for a complaint that is recognized at once as not the room's. */
  ours: 100,
  notOurs: 50,
  /** The part of them that the time takes, from the complaint to the end of the game. */
  takenByTime: 0.5,
  /** What each hint costs. */
  hint: 15,
  /** What is left at least of a complaint that was solved. */
  least: 10,
  /** What it costs to call something "not ours" that the room causes. */
  wrongAnswer: 25,
  /** What a deployment costs that breaks something that worked. */
  break: 20,
} as const;

/** How a complaint was solved. */
export interface Solved {
  readonly isOurs: boolean;
  /** How long people waited, as a part of the game's time: from 0 to 1. */
  readonly waited: number;
  readonly hints: number;
}

/** Returns the points for a complaint that was solved. */
export function pointsFor({ isOurs, waited, hints }: Solved): number {
  const all = isOurs ? points.ours : points.notOurs;
  const left = all * (1 - points.takenByTime * Math.min(1, Math.max(0, waited))) - points.hint * hints;
  return Math.max(points.least, Math.round(left));
}

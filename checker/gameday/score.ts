/** The points of a game. */
export const points = {
  /** For a fault that is repaired at once, and for a complaint that is recognized at once as not the room's. */
  ours: 100,
  notOurs: 50,
  /** The part of them that the time takes, from the complaint to the end of the game. */
  takenByTime: 0.5,
  /** The cost of each hint. */
  hint: 15,
  /** The least that a solved complaint is worth. */
  least: 10,
  /** The cost of calling something "not ours" that the room causes. */
  wrongAnswer: 25,
  /** The cost of a deployment that breaks something that worked. */
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

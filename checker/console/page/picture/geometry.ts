export type Point = readonly [x: number, y: number];

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Something with its position. */
export interface Placed<T> extends Box {
  readonly key: string;
  readonly of: T;
}

export function middle({ y, height }: Pick<Box, 'y' | 'height'>): number {
  return y + height / 2;
}

export function within(y: number, { y: from, height }: Box): number {
  return Math.min(Math.max(y, from + 20), from + height - 16);
}

/** The middle of the right side of a box. */
export function exitOf(box: Box): Point {
  return [box.x + box.width, middle(box)];
}

/** A line between two points, with a bend in a lane if it needs one. */
export function bent(start: Point, lane: number, to: Point): Point[] {
  return start[1] === to[1] ? [start, to] : [start, [lane, start[1]], [lane, to[1]], to];
}

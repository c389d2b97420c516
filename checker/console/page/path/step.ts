import type { Sent } from '../state/stream.ts';
import type { Piece } from '../words.ts';

/** One line of the waterfall. */
export interface Step {
  readonly key: string;
  /** Milliseconds since the path began. */
  readonly at: number;
  readonly took: number;
  /** The nesting depth: 0 is the client's side, 1 API Gateway, 2 a function. */
  readonly depth: 0 | 1 | 2 | 3;
  readonly tone: 'plain' | 'allowed' | 'refused' | 'failed' | 'waiting' | 'own code';
  readonly what: readonly Piece[];
  readonly note?: string;
  /** Where in the picture it happens: keys of places, the best first. */
  readonly places: readonly string[];
  /** The event, if it is one. */
  readonly sent?: Sent;
}

/** The names that steps use. */
export interface Names {
  person(connectionId: string): string;
  function(name: string): string;
}

/** A step's description. */
export type Line = Pick<Step, 'depth' | 'tone' | 'what' | 'note' | 'places'>;

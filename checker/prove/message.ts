import type { Proof } from './prove.ts';
import type { Variant } from './variants.ts';

/** A variant to prove, sent to a proving process. */
export interface Order {
  /** Repeated in the answer: a process proves several variants at once. */
  readonly number: number;
  readonly lab: string;
  readonly variant: Variant;
}

/** The answer of a proving process. */
export type Answer =
  | { readonly number: number; readonly proof: Proof }
  /** A bug in the workshop. */
  | { readonly number: number; readonly error: unknown };

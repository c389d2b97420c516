import type { ExplainedError } from '../failures/explain-error.ts';
import type { Proof } from './prove.ts';
import type { Variant } from './variants.ts';

/** A variant to prove, sent to a proving process. */
export interface Order {
  /** Which of the process's accounts to use. It is free. */
  readonly lane: number;
  /** The lab's id. */
  readonly lab: string;
  readonly variant: Variant;
}

/** The answer to the order of a lane. Only an error's words survive between processes. */
export type Answer = { readonly lane: number } & ({ readonly proof: Proof } | { readonly failure: ExplainedError });

import type { Chosen } from '../aws/chosen.ts';
import type { Target } from '../aws/target.ts';

/** The result of one examination. */
export interface Finding {
  /** The thing examined, in a word or two. */
  readonly about: string;
  /**
   * `in the way`: a lab will fail because of it. `unknown`: it couldn't be checked. `note`: worth knowing, but
   * harmless.
   */
  readonly state: 'fine' | 'note' | 'in the way' | 'unknown';
  /** The observation, as a sentence without its period. */
  readonly found: string;
  /** How to fix it. */
  readonly next?: string;
}

/** The subject of the examinations. */
export interface Patient {
  readonly root: string;
  readonly chosen: Chosen;
  readonly environment: NodeJS.ProcessEnv;
  /** Why the chosen account is unknown; `chosen` is then the practice account. */
  readonly unchosen?: { readonly message: string; readonly next: string };
  /** The chosen AWS account if its credentials work, and if not, why. */
  readonly aws?: Target | { readonly reason: string; readonly next: string };
}

/** One examination of the machine or the account. An error that it throws is reported as "couldn't be checked". */
export type Examination = (patient: Patient) => Promise<Finding | readonly Finding[]>;

/** The AWS account, if it was chosen and answers. */
export function awsOf({ aws }: Patient): Target | undefined {
  return aws !== undefined && 'clients' in aws ? aws : undefined;
}

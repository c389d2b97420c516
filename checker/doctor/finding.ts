import type { Chosen } from '../aws/chosen.ts';
import type { Target } from '../aws/target.ts';

/** What one examination found. */
export interface Finding {
  /** What was looked at, in a word or two. */
  readonly about: string;
  /** `in the way`: a lab will fail of it. `unknown`: it could not be seen. `note`: worth knowing, and in nobody's way. */
  readonly state: 'fine' | 'note' | 'in the way' | 'unknown';
  /** What was seen, in a sentence without its end. */
  readonly found: string;
  /** What to do about it. */
  readonly next?: string;
}

/** What examinations look at. */
export interface Patient {
  readonly root: string;
  readonly chosen: Chosen;
  readonly environment: NodeJS.ProcessEnv;
  /** Why it is not known which account was chosen; `chosen` is then the practice account. */
  readonly unchosen?: { readonly message: string; readonly next: string };
  /** The AWS account that was chosen, where it lets the learner in, and why not where it does not. */
  readonly aws?: Target | { readonly reason: string; readonly next: string };
}

/** One look at the machine or the account. What it throws is told as not seen. */
export type Examination = (patient: Patient) => Promise<Finding | readonly Finding[]>;

/** The AWS account, where it was chosen and can be asked. */
export function awsOf({ aws }: Patient): Target | undefined {
  return aws !== undefined && 'clients' in aws ? aws : undefined;
}

import type { Call } from '../../../calls/context.ts';
import type { UserPoolClientRecord, UserPoolRecord } from '../records.ts';

/** What signing in needs of the account. */
export type SignInCall = Call<'store' | 'clock' | 'ids'>;

/** Someone at the door: which pool and client, and what they bring. */
export interface SignInAttempt {
  readonly pool: UserPoolRecord;
  readonly client: UserPoolClientRecord;
  /** `AuthParameters`, or `ChallengeResponses`. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The `Session` that came with a challenge. */
  readonly session?: string | undefined;
}

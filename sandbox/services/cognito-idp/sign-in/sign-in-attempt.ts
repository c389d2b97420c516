import type { Call } from '../../../calls/context.ts';
import type { UserPoolClientRecord, UserPoolRecord } from '../records.ts';

/** The parts of the account that signing in needs. */
export type SignInCall = Call<'store' | 'clock' | 'ids'>;

/** A sign-in attempt: the pool, the client, and the credentials. */
export interface SignInAttempt {
  readonly pool: UserPoolRecord;
  readonly client: UserPoolClientRecord;
  /** `AuthParameters`, or `ChallengeResponses`. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The `Session` that came with a challenge. */
  readonly session?: string | undefined;
}

import type { Call } from '../../../context.ts';

/** What operations on users need of the account. */
export type UserCall = Call<'store' | 'clock' | 'ids' | 'say'>;

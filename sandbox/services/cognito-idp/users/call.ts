import type { Call } from '../../../calls/context.ts';

/** What operations on users need from the account. */
export type UserCall = Call<'store' | 'clock' | 'ids' | 'say'>;

import type { Call } from '../../../calls/context.ts';

/** The parts of the account that operations on users need. */
export type UserCall = Call<'store' | 'clock' | 'ids' | 'say'>;

import type { Target } from '../aws/target.ts';

/** The largest difference between this machine's clock and that of an account elsewhere, in milliseconds. */
const SKEW = 1_000;

/**
 * Returns the `startTime` with which a log shows every line since a moment. A practice account has this machine's
 * clock: there, it shows no earlier lines.
 */
export function logStart({ kind }: Pick<Target, 'kind'>, since: number): number {
  return Math.floor(kind === 'practice' ? since : since - SKEW);
}

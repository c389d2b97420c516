/**
 * How long an invocation waits for an environment that is starting for another one: a second start takes the cores from
 * the first, and most handlers have answered before it is done. In milliseconds.
 */
const patienceForStart = 1000;
/**
 * How long an invocation waits for a busy environment before another one starts. Most handlers answer sooner, and a
 * start takes several times as long. In milliseconds.
 */
const patienceForAnswer = 20;

/** Returns how long an invocation waits for its function's existing environments, in milliseconds. */
export function patienceOf(
  { nobodyWaits }: { readonly nobodyWaits: boolean },
  { isStarting, isBusy }: { isStarting: boolean; isBusy: boolean },
): number {
  if (isStarting || (isBusy && nobodyWaits)) return patienceForStart;
  return isBusy ? patienceForAnswer : 0;
}

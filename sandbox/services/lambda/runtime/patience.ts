/**
 * How long an invocation lets the environment that starts for another serve it, too: a second start beside it takes the
 * cores from the first, and most handlers have answered before it is done. In milliseconds.
 */
const patienceForStart = 1000;
/**
 * How long an invocation waits for an environment that is at work before another starts. Most handlers answer sooner, and
 * a start takes several times as long. In milliseconds.
 */
const patienceForAnswer = 20;

/** Returns how long an invocation lets the environments that its function has serve it, in milliseconds. */
export function patienceOf(
  { nobodyWaits }: { readonly nobodyWaits: boolean },
  { isStarting, isBusy }: { isStarting: boolean; isBusy: boolean },
): number {
  if (isStarting || (isBusy && nobodyWaits)) return patienceForStart;
  return isBusy ? patienceForAnswer : 0;
}

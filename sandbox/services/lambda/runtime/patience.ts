/**
 * How long an invocation waits for an environment that is starting for another one: a second start takes the cores from
 * the first, and most handlers have answered before it is done. In milliseconds.
 */
const patienceForStart = 1000;
/**
 * How long an invocation whose answer nobody waits for, such as `$disconnect`, waits for an environment that is
 * starting or busy. In milliseconds.
 */
const patienceOfNobody = 3000;
/**
 * How long an invocation waits for a busy environment before another one starts. Most handlers answer sooner, and a
 * start takes several times as long. In milliseconds.
 */
const patienceForAnswer = 20;
/**
 * The same while as many environments are busy as there are cores, from the last event that one of its function took:
 * unless they wait for something, another one would only slow them down. In milliseconds.
 */
const patienceForCore = 250;
/** How long it waits for busy cores at most, in milliseconds: they may wait for something after all. */
const longestForCore = 500;

/** The environments that an invocation could wait for. */
interface Hopes {
  /** One of its function is starting. */
  readonly isStarting: boolean;
  /** When one of its function last took an event: milliseconds of `performance.now()`. Undefined if none is busy. */
  readonly lastTaken: number | undefined;
  /** As many as there are cores are busy, whatever their functions. */
  readonly areCoresBusy: boolean;
}

/** Returns how long an invocation waits for its function's existing environments, in milliseconds. */
export function patienceOf(
  { nobodyWaits, since }: { readonly nobodyWaits: boolean; readonly since: number },
  { isStarting, lastTaken, areCoresBusy }: Hopes,
): number {
  if (isStarting) return nobodyWaits ? patienceOfNobody : patienceForStart;
  if (lastTaken === undefined) return 0;
  if (nobodyWaits) return patienceOfNobody;
  if (!areCoresBusy) return patienceForAnswer;
  return Math.min(Math.max(lastTaken - since, 0) + patienceForCore, longestForCore);
}

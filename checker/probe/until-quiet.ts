import { loadAhead } from '../aws/load-ahead.ts';
import type { Subject } from '../checking/check.ts';
import { forAMoment } from '../checking/run.ts';
import type { Person } from './person.ts';

/** How long to wait for further frames if the account can't say more, in AWS milliseconds, and at least on this machine. */
const USUAL = { aws: 3_000, least: 400 };

/**
 * How long no function must have been running, in milliseconds, in an account that can say so: a request that a function
 * didn't await may still be on its way, and can start another one.
 */
const ENOUGH = 20;

/** How long such an account is watched at most, in milliseconds. */
const LONGEST = 3_000;

/**
 * How long a function may go on after it has delivered a message, in AWS milliseconds, and how long to wait for it at
 * most.
 */
const FINISHES = { usually: 100, longest: 300 };

/** How often an account is asked whether its functions have finished, in milliseconds. */
const PAUSE = 3;

/**
 * Resolves when the functions have finished what they do after delivering a message, such as storing it, as far as an
 * account can say. A message that comes sooner can overtake it. `pause` waits for milliseconds.
 */
export async function untilFinished(
  { target, signal }: Pick<Subject, 'target' | 'signal'>,
  pause = forAMoment,
): Promise<void> {
  const deadline = performance.now() + FINISHES.longest;
  for (;;) {
    const quiet = await target.quietFor?.();
    if (quiet === undefined) {
      await pause(FINISHES.usually / (target.scale ?? 1), signal);
      return;
    }
    if (quiet > 0 || performance.now() >= deadline) return;
    await pause(PAUSE, signal);
  }
}

/** Resolves when these people have got everything that comes without a further message, as far as an account can say. */
export async function untilQuiet(
  { target, signal }: Pick<Subject, 'target' | 'signal'>,
  people: readonly Person[],
  { aws, least }: { readonly aws: number; readonly least: number } = USUAL,
): Promise<void> {
  // The comparison of account and stack needs them after the checks.
  loadAhead(target.clients, 's3', 'iam');
  const allListen = (ms: number) => Promise.all(people.map((person) => person.listens(ms)));
  if ((await target.quietFor?.()) === undefined) {
    const { scale = target.kind === 'aws' ? 1 : Number.POSITIVE_INFINITY } = target;
    await allListen(Math.max(least, aws / scale));
    return;
  }
  const deadline = performance.now() + LONGEST;
  // What they have just sent may not have reached the account yet. After a stall, an account answers before it has read
  // what functions sent it meanwhile, so it is asked twice.
  for (let answers = 0, left = ENOUGH; answers < 2 && performance.now() < deadline; ) {
    if (!people.some(({ isHere }) => isHere)) break;
    signal.throwIfAborted();
    if (left > 0) await allListen(Math.ceil(left));
    left = ENOUGH - ((await target.quietFor?.()) ?? 0);
    answers = left > 0 ? 0 : answers + 1;
  }
  await allListen(0);
}

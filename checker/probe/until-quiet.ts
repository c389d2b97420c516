import { loadAhead } from '../aws/load-ahead.ts';
import type { Subject } from '../checking/check.ts';
import { forAMoment } from '../checking/run.ts';
import type { Person } from './person.ts';

/**
 * How long to wait for further frames if the account can't say more, in AWS milliseconds, and at least on this machine.
 */
const USUAL = { aws: 3_000, least: 400 };

/**
 * How long no function must have been running, in milliseconds, in an account that can say so: a request that a
 * function didn't await may still be on its way, and can start another one.
 */
const ENOUGH = 20;

/**
 * How long to wait for that at most, in milliseconds, and how long between two looks at whether somebody is still
 * there.
 */
const LONGEST = { all: 3_000, each: 250 };

/**
 * How long a function may go on after it has delivered a message, in AWS milliseconds, and how long to wait for it at
 * most.
 */
const FINISHES = { usually: 100, longest: 300 };

/**
 * Resolves when the functions have finished what they do after delivering a message, such as storing it, as far as an
 * account can say. A message that comes sooner can overtake it. `pause` waits for milliseconds.
 */
export async function untilFinished(
  { target, signal }: Pick<Subject, 'target' | 'signal'>,
  pause = forAMoment,
): Promise<void> {
  const quiet = await target.quietFor?.({ least: 0, longest: FINISHES.longest });
  if (quiet === undefined) await pause(FINISHES.usually / (target.scale ?? 1), signal);
}

/** The longest that running functions delay a look at a table, in milliseconds. */
const LOOKS_WITHIN = 250;

/**
 * Waits before the next look at a table: for this many milliseconds, and then for the functions that are running, as
 * far as an account can say. They may be about to change it.
 */
export async function untilNextLook(
  { target, signal }: Pick<Subject, 'target' | 'signal'>,
  pause: number,
): Promise<void> {
  await forAMoment(pause, signal);
  await target.quietFor?.({ least: 0, longest: LOOKS_WITHIN });
}

/**
 * Resolves when these people have got everything that comes without a further message, as far as an account can say.
 */
export async function untilQuiet(
  { target, signal }: Pick<Subject, 'target' | 'signal'>,
  people: readonly Person[],
  { aws, least }: { readonly aws: number; readonly least: number } = USUAL,
): Promise<void> {
  // The comparison of account and stack needs them after the checks.
  loadAhead(target.clients, 's3', 'iam');
  const allListen = async (ms: number) => void (await Promise.all(people.map((person) => person.listens(ms))));
  const deadline = performance.now() + LONGEST.all;
  // What they have just sent may not have reached the account yet.
  if (target.quietFor !== undefined) await allListen(ENOUGH);
  // After a stall, an account answers before it has read what functions sent it meanwhile, so it is asked twice.
  for (let answers = 0; answers < 2 && performance.now() < deadline; ) {
    if (!people.some(({ isHere }) => isHere)) break;
    signal.throwIfAborted();
    const quiet = await target.quietFor?.({ least: ENOUGH, longest: LONGEST.each });
    if (quiet === undefined) {
      const { scale = target.kind === 'aws' ? 1 : Number.POSITIVE_INFINITY } = target;
      return allListen(Math.max(least, aws / scale));
    }
    answers = quiet < ENOUGH ? 0 : answers + 1;
  }
  await allListen(0);
}

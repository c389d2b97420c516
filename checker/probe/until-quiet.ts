import { loadAhead } from '../aws/load-ahead.ts';
import type { Subject } from '../checking/check.ts';
import type { Person } from './person.ts';

/** How long to wait for further frames if the account can't say more, in AWS milliseconds, and at least on this machine. */
const USUAL = { aws: 3_000, least: 400 };

/**
 * How long nothing must have been going on in an account that can say so, in milliseconds: a request that a function
 * didn't await can start another one a moment later.
 */
const ENOUGH = 20;

/** How long such an account is watched at most, in milliseconds. */
const LONGEST = 3_000;

/** Resolves when these people have got everything that comes without a further message, as far as an account can say. */
export async function untilQuiet(
  { target, signal }: Pick<Subject, 'target' | 'signal'>,
  people: readonly Person[],
  { aws, least }: { readonly aws: number; readonly least: number } = USUAL,
): Promise<void> {
  // The comparison of account and stack needs them after the checks.
  loadAhead(target.clients, 's3', 'iam');
  const allListen = (ms: number) => Promise.all(people.map((person) => person.listens(ms)));
  if (target.quietFor === undefined) {
    const { scale = target.kind === 'aws' ? 1 : Number.POSITIVE_INFINITY } = target;
    await allListen(Math.max(least, aws / scale));
    return;
  }
  const deadline = performance.now() + LONGEST;
  // What they have just sent may not have reached the account yet.
  for (let left = ENOUGH; left > 0 && performance.now() < deadline; left = ENOUGH - (await target.quietFor())) {
    if (!people.some(({ isHere }) => isHere)) break;
    signal.throwIfAborted();
    await allListen(Math.ceil(left));
  }
  await allListen(0);
}

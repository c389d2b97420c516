import type { Subject } from '../checking/check.ts';
import type { Person } from './person.ts';

/** How long to wait for further frames if the account can't say more, in AWS milliseconds, and at least on this machine. */
const USUAL = { aws: 3_000, least: 400 };

/** How long an account that says whether functions run is watched at most, and between two questions, in milliseconds. */
const LONGEST = 3_000;
const PAUSE = 20;

/** Resolves when these people have got everything that comes without a further message, as far as an account can say. */
export async function untilQuiet(
  { target, signal }: Pick<Subject, 'target' | 'signal'>,
  people: readonly Person[],
  { aws, least }: { readonly aws: number; readonly least: number } = USUAL,
): Promise<void> {
  const allListen = (ms: number) => Promise.all(people.map((person) => person.listens(ms)));
  if (target.isBusy === undefined) {
    const { scale = target.kind === 'aws' ? 1 : Number.POSITIVE_INFINITY } = target;
    await allListen(Math.max(least, aws / scale));
    return;
  }
  const deadline = performance.now() + LONGEST;
  // A request that a function didn't await can start another one a moment later. So the account has to be idle at two
  // questions in a row.
  for (let quiet = 0; quiet < 2 && performance.now() < deadline; ) {
    if (!people.some(({ isHere }) => isHere)) break;
    signal.throwIfAborted();
    await allListen(PAUSE);
    quiet = (await target.isBusy()) ? 0 : quiet + 1;
  }
  await allListen(0);
}

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LearnedLab, learnLab } from '../checker/learned-lab.ts';
import { checkThrough, inLanes, wrongIn } from './faulted.ts';
import { type Fault, troubles } from './proxy.ts';

/** As many people at a time as the room's own throttle allows. */
const LANES = 6;

/** A lab's start and solution are checked once for each call to the account, with a trouble at that call. */
export function describeFaults(number: string): void {
  describe(`lab ${number} is checked over a bad connection to the account`, () => {
    let room: LearnedLab;

    beforeAll(async () => {
      room = await learnLab(number);
    }, 120_000);

    afterAll(() => room?.close());

    test.each(['start', 'solution'] as const)(
      'the %s: no wrong verdict, no stack trace, no endless wait',
      async (version) => {
        const workshop = await room.layOut(version);
        await room.deploy(workshop);
        const fails = version === 'start' ? room.failsAtStart : [];
        const { verdict, calls } = await checkThrough(room, workshop);
        expect(verdict.status).toBe(version === 'start' ? 'not fixed' : 'fixed');
        // Going back in time means setting the whole account's clock, which must not jump under the others. If a check
        // needs an expired token, that first look kept one in the workshop, as a learner's does.
        const { longAgo: _, ...target } = room.target;
        const learned = { ...room, target };
        const wrong: string[] = [];
        await inLanes(faultsOf(calls, version === 'start' ? 0 : 4), LANES, async (fault) => {
          const faulted = await checkThrough(learned, workshop, fault);
          const name = `${fault.trouble} at ${fault.at}${fault.lasting ? ' and after' : ''}`;
          wrong.push(...wrongIn(faulted, fails).map((what) => `${name}: ${what}`));
        });
        expect(wrong).toEqual([]);
      },
      1_200_000,
    );

    test.each(['start', 'solution'] as const)(
      'the %s: no verdict once the account has ended',
      async (version) => {
        const workshop = await room.layOut(version);
        await room.deploy(workshop);
        const { longAgo: _, ...target } = room.target;
        const learned = { ...room, target };
        // A workshop's first check makes more calls than the later ones: it signs up people and keeps an old token.
        await checkThrough(room, workshop);
        const { looked } = await checkThrough(learned, workshop);
        const wrong: string[] = [];
        let missed = 0;
        const ends = endsOf(looked);
        await inLanes(ends, LANES, async (fault) => {
          const { verdict, looked: reached } = await checkThrough(learned, workshop, fault);
          // Not every check makes as many calls.
          if (reached < fault.at) missed += 1;
          else if (verdict.status !== 'broken')
            wrong.push(`${fault.trouble} at ${fault.at} of ${looked}: ${verdict.status}`);
        });
        expect(missed).toBeLessThan(ends.length / 4);
        expect(wrong).toEqual([]);
      },
      600_000,
    );
  });
}

/** At each third call one of the two ways to end, in turn; with FAULTS=all, both at each call. */
function endsOf(looked: number): Fault[] {
  const all = process.env.FAULTS === 'all';
  return Array.from({ length: looked }, (_, index) => index + 1).flatMap((at) =>
    (['stopped', 'killed'] as const)
      .filter((_, index) => all || at % 6 === index * 3)
      .map((trouble) => ({ trouble, at })),
  );
}

/**
 * At each call one of the troubles, in turn; with FAULTS=all, each of them at each call. `from` is where the cycle
 * starts.
 */
function faultsOf(calls: number, from: number): Fault[] {
  const at = Array.from({ length: calls }, (_, index) => index + 1);
  const all = process.env.FAULTS === 'all';
  const once = at.flatMap((call) =>
    troubles
      .filter((_, index) => all || (from + call) % troubles.length === index)
      .map((trouble) => ({ trouble, at: call })),
  );
  const lasting = at.flatMap((call) =>
    call % 8 === 1 ? [{ trouble: 'dropped' as const, at: call, lasting: true }] : [],
  );
  return [...once, ...lasting];
}

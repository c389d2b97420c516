import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LearnedLab, learnLab } from '../checker/learned-lab.ts';
import { checkThrough, inLanes, wrongIn } from './faulted.ts';
import { type Fault, troubles } from './proxy.ts';

/** How many rooms are checked at once, each in an account of its own: one room is checked by one check at a time. */
const LANES = 6;

/** A deployed room, and the workshop that it was deployed from. */
interface Lane {
  readonly room: LearnedLab;
  readonly workshop: string;
}

/** A lab's start and solution are checked once for each call to the account, with a trouble at that call. */
export function describeFaults(number: string): void {
  describe(`lab ${number} is checked over a bad connection to the account`, () => {
    let rooms: readonly LearnedLab[] = [];

    beforeAll(async () => {
      rooms = await Promise.all(Array.from({ length: LANES }, () => learnLab(number)));
    }, 120_000);

    afterAll(() => Promise.all(rooms.map((room) => room.close())));

    test.each(['start', 'solution'] as const)(
      'the %s: no wrong verdict, no stack trace, no endless wait',
      async (version) => {
        const lanes = await deployed(rooms, version);
        // A workshop's first check makes more calls than the later ones: it signs up people and keeps an old token.
        const [first] = await Promise.all(lanes.map(({ room, workshop }) => checkThrough(room, workshop)));
        expect(first?.verdict.status).toBe(version === 'start' ? 'not fixed' : 'fixed');
        const wrong: string[] = [];
        const faults = faultsOf(first?.calls ?? 0, version === 'start' ? 0 : 4);
        await inLanes(faults, lanes, async (fault, { room, workshop }) => {
          const faulted = await checkThrough(withoutPast(room), workshop, fault);
          const name = `${fault.trouble} at ${fault.at}${fault.lasting ? ' and after' : ''}`;
          const fails = version === 'start' ? room.failsAtStart : [];
          wrong.push(...wrongIn(faulted, fails).map((what) => `${name}: ${what}`));
        });
        expect(wrong).toEqual([]);
      },
      1_200_000,
    );

    test.each(['start', 'solution'] as const)(
      'the %s: no verdict once the account has ended',
      async (version) => {
        const lanes = await deployed(rooms, version);
        await Promise.all(lanes.map(({ room, workshop }) => checkThrough(room, workshop)));
        const [{ room: one, workshop: its }] = lanes as [Lane];
        const { looked } = await checkThrough(withoutPast(one), its);
        const wrong: string[] = [];
        let missed = 0;
        const ends = endsOf(looked);
        await inLanes(ends, lanes, async (fault, { room, workshop }) => {
          const { verdict, looked: reached } = await checkThrough(withoutPast(room), workshop, fault);
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

function deployed(rooms: readonly LearnedLab[], version: string): Promise<Lane[]> {
  return Promise.all(
    rooms.map(async (room) => {
      const workshop = await room.layOut(version);
      await room.deploy(workshop);
      return { room, workshop };
    }),
  );
}

/** Returns the room for later checks. The first one kept an expired token in the workshop, so they needn't go back. */
function withoutPast(room: LearnedLab): LearnedLab {
  const { longAgo: _, ...target } = room.target;
  return { ...room, target };
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

import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import type { Subject } from '../../checker/checking/check.ts';
import { openSubject } from '../../checker/checking/subject.ts';
import { expiredTokenIsRefused } from '../../checker/labs/03-no-auth/expired-token-is-refused.ts';
import { openRoom } from '../../checker/observe/room.ts';
import { knock } from '../../checker/probe/knock.ts';
import { type Guests, guests } from '../../checker/sign-in/guests.ts';
import { keepToken } from '../../checker/sign-in/kept-token.ts';
import { signIn } from '../../checker/sign-in/sign-in.ts';
import { testLab } from './learned-lab.ts';

// A learner's checker can't set the account's clock back, as a proof can: it keeps tokens until they expire.

const room = await testLab('03');

afterEach(() => vi.useRealTimers());

/** Signs Ada in so long ago that her token expires within milliseconds. */
async function tokenFor(lives: number, { ada, client }: Guests): Promise<string> {
  const { longAgo } = room.target;
  if (longAgo === undefined) throw new Error('A test sets the clock back.');
  const then = async (clients: Subject['target']['clients']) =>
    (await signIn({ target: { ...room.target, clients } }, client, ada.credentials)).id;
  return longAgo(then, 5 * 60_000 - lives);
}

test.each([
  ['a room that remembers tokens', 'shortcuts/expired-token-is-refused--remembers-good-tokens', 'remembered', 'failed'],
  ['the solution', 'solution', 'tried', 'passed'],
])(
  '%s, with tokens that an earlier check kept',
  async (_, variant, kind, outcome) => {
    const workshop = await room.layOut(variant);
    await room.deploy(workshop);
    const { longAgo: _none, ...target } = room.target;
    const labFolder = room.folderOf(workshop);
    const { signal } = new AbortController();
    const opened = await openSubject({ root: workshop, labFolder, lab: room.lab.id, target, signal });
    const { subject } = opened;
    try {
      const known = await subject.once(guests);
      const [unused, used] = [await tokenFor(-1_000, known), await tokenFor(4_000, known)];
      const { username } = known.ada;
      const { knocks } = await knock(subject, openRoom(subject).address, [
        { kind: 'her token', token: used, username },
      ]);
      expect(knocks[0]?.status).toBe(101);
      await keepToken(subject, unused);
      await keepToken(subject, used, Date.now(), 'used');
      await pause(5_000);
      // By then it has expired on any clock. The functions' own clocks stay as they are.
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 90_000 });
      const observation = await expiredTokenIsRefused.observe(subject);
      expect(observation.kind).toBe(kind);
      expect(expiredTokenIsRefused.judge(observation).outcome).toBe(outcome);
    } finally {
      vi.useRealTimers();
      await opened.close();
    }
  },
  180_000,
);

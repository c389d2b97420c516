import { expect, test, vi } from 'vitest';
import type { Subject } from '../checking/check.ts';
import type { Person } from './person.ts';
import { untilFinished, untilQuiet } from './until-quiet.ts';

/** Waits in a room with somebody, whose waiting takes no time, and returns how long they listened, in order. */
async function waited(
  target: Partial<Subject['target']>,
  { signal = new AbortController().signal, isHere = true } = {},
) {
  const listened: number[] = [];
  const person = { isHere, listens: async (ms: number) => void listened.push(ms) } as unknown as Person;
  const load = async () => {};
  const whole = { kind: 'practice', clients: { s3: load, iam: load }, ...target } as unknown as Subject['target'];
  const waiting = untilQuiet({ target: whole, signal }, [person]);
  return { listened, error: await waiting.then(() => undefined, String) };
}

/** An account that was quiet for these milliseconds in turn, then for the last one again and again. */
function quietFor(...answers: readonly number[]): { quietFor(): Promise<number>; readonly asked: { times: number } } {
  const asked = { times: 0 };
  return { asked, quietFor: async () => answers[Math.min(asked.times++, answers.length - 1)] ?? 0 };
}

test('listens until nothing has been going on in the account for a while, then lets everything arrive', async () => {
  const account = quietFor(0, 4.5, 0, 1, 20);
  const { listened } = await waited(account);
  expect(account.asked.times).toBe(5);
  expect(listened).toEqual([20, 20, 16, 20, 19, 0]);
});

test('ends when a function runs for too long, when everyone has left, and when it is interrupted', async () => {
  let now = 0;
  using _ = vi.spyOn(performance, 'now').mockImplementation(() => now++);
  const busy = quietFor(0);
  expect(await waited(busy)).toMatchObject({ error: undefined });
  expect(busy.asked.times).toBeLessThan(3_001);
  const left = quietFor(0);
  await waited(left, { isHere: false });
  expect(left.asked.times).toBe(0);
  expect(await waited(quietFor(0), { signal: AbortSignal.abort(new Error('interrupted')) })).toMatchObject({
    error: 'Error: interrupted',
  });
});

test.each([
  ['aws', undefined, 3_000],
  ['practice', 5, 600],
  ['practice', 20, 400],
  ['practice', undefined, 400],
] as const)('waits if an account cannot say: %s at scale %s for %i ms', async (kind, scale, ms) => {
  expect(await waited({ kind, scale })).toMatchObject({ listened: [ms] });
});

test('a function has finished once none is running, or else after a moment', async () => {
  const account = quietFor(0, 0, 0.1);
  const { signal } = new AbortController();
  const of = (target: Partial<Subject['target']>) => untilFinished({ target: target as Subject['target'], signal });
  await of({ kind: 'practice', ...account });
  expect(account.asked.times).toBe(3);
  await of({ kind: 'practice', scale: 1_000 });
});

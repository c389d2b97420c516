import { expect, test, vi } from 'vitest';
import type { Subject } from '../checking/check.ts';
import type { Person } from './person.ts';
import { untilQuiet } from './until-quiet.ts';

/** Waits in a room with somebody, whose waiting takes no time, and returns how long they listened, in order. */
async function waited(
  target: Partial<Subject['target']>,
  { signal = new AbortController().signal, isHere = true } = {},
) {
  const listened: number[] = [];
  const person = { isHere, listens: async (ms: number) => void listened.push(ms) } as unknown as Person;
  const waiting = untilQuiet({ target: { kind: 'practice', ...target } as Subject['target'], signal }, [person]);
  return { listened, error: await waiting.then(() => undefined, String) };
}

/** An account that says these in turn, then the last one again and again. */
function saying(...answers: readonly boolean[]): { isBusy(): Promise<boolean>; readonly asked: { times: number } } {
  const asked = { times: 0 };
  return { asked, isBusy: async () => answers[Math.min(asked.times++, answers.length - 1)] === true };
}

test('asks an account until no function runs twice in a row, then lets everything arrive', async () => {
  const account = saying(true, false, true, false, false);
  const { listened } = await waited(account);
  expect(account.asked.times).toBe(5);
  expect(listened).toHaveLength(6);
  expect(listened.at(-1)).toBe(0);
});

test('ends when a function runs for too long, when everyone has left, and when it is interrupted', async () => {
  let now = 0;
  using _ = vi.spyOn(performance, 'now').mockImplementation(() => now++);
  const busy = saying(true);
  expect(await waited(busy)).toMatchObject({ error: undefined });
  expect(busy.asked.times).toBeLessThan(3_000);
  const left = saying(true);
  await waited(left, { isHere: false });
  expect(left.asked.times).toBe(0);
  expect(await waited(saying(true), { signal: AbortSignal.abort(new Error('interrupted')) })).toMatchObject({
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

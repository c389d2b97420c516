import { expect, test, vi } from 'vitest';
import type { Quiet } from '../aws/target.ts';
import type { Subject } from '../checking/check.ts';
import type { Person } from './person.ts';
import { untilFinished, untilNextLook, untilQuiet } from './until-quiet.ts';

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

/** An account that says these milliseconds in turn, then the last ones again and again. */
function quietFor(...answers: ReadonlyArray<number | undefined>) {
  const asked: Quiet[] = [];
  return { asked, quietFor: async (wait: Quiet) => answers[Math.min(asked.push(wait), answers.length) - 1] };
}

test('listens until no function has been running for a while, then lets everything arrive', async () => {
  const account = quietFor(0, 4.5, 20, 21);
  const { listened } = await waited(account);
  expect(account.asked).toEqual(Array.from({ length: 4 }, () => ({ least: 20, longest: 250 })));
  expect(listened).toEqual([20, 0]);
});

test('asks again whether an account that was quiet has read what functions sent it meanwhile', async () => {
  const account = quietFor(100, 0, 20, 20);
  await waited(account);
  expect(account.asked).toHaveLength(4);
});

test('ends when a function runs for too long, when everyone has left, and when it is interrupted', async () => {
  let now = 0;
  using _ = vi.spyOn(performance, 'now').mockImplementation(() => now++);
  const busy = quietFor(0);
  expect(await waited(busy)).toMatchObject({ error: undefined });
  expect(busy.asked.length).toBeLessThan(3_002);
  expect((await waited(quietFor(0), { isHere: false })).listened).toEqual([20, 0]);
  expect(await waited(quietFor(0), { signal: AbortSignal.abort(new Error('interrupted')) })).toMatchObject({
    error: 'Error: interrupted',
  });
});

test('waits if an account started by an earlier version cannot say', async () => {
  expect((await waited(quietFor(undefined))).listened).toEqual([20, 400]);
});

test.each([
  ['aws', undefined, 3_000],
  ['practice', 5, 600],
  ['practice', 20, 400],
  ['practice', undefined, 400],
] as const)('waits if an account cannot say: %s at scale %s for %i ms', async (kind, scale, ms) => {
  expect(await waited({ kind, scale })).toMatchObject({ listened: [ms] });
});

test.each([
  ['once none is running, or after a moment', { kind: 'practice', ...quietFor(0) }, []],
  ['after a moment, if AWS runs it', { kind: 'aws' }, [100]],
  ['after a moment on its clock, in an account with weather', { kind: 'practice', scale: 20 }, [5]],
] as const)('a function counts as finished %s', async (_, target, waits) => {
  const waited: number[] = [];
  const subject = { target: target as unknown as Subject['target'], signal: new AbortController().signal };
  await untilFinished(subject, async (ms) => void waited.push(ms));
  expect(waited).toEqual(waits);
  if ('asked' in target) expect(target.asked).toEqual([{ least: 0, longest: 300 }]);
});

test('before the next look at a table, functions that are running get a moment to finish', async () => {
  const account = quietFor(0);
  const target = { kind: 'practice', ...account } as unknown as Subject['target'];
  const { signal } = new AbortController();
  await untilNextLook({ target, signal }, 1);
  expect(account.asked).toEqual([{ least: 0, longest: 250 }]);
  await expect(untilNextLook({ target, signal: AbortSignal.abort() }, 1)).rejects.toThrow('aborted');
  expect(account.asked).toHaveLength(1);
});

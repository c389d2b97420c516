import { expect, test } from 'vitest';
import { patienceOf } from './patience.ts';

const hopes: Parameters<typeof patienceOf>[1] = { isStarting: false, lastTaken: undefined, areCoresBusy: false };

const waits = (more: Partial<typeof hopes>, nobodyWaits = false) =>
  patienceOf({ nobodyWaits, since: 1000 }, { ...hopes, ...more });

test('without an environment to wait for, nobody waits', () => {
  expect(waits({})).toBe(0);
  expect(waits({}, true)).toBe(0);
});

test('an invocation waits longer for a start than for an answer, and longest if nobody waits for it', () => {
  const [answer, core, start] = [{ lastTaken: 900 }, { lastTaken: 900, areCoresBusy: true }, { isStarting: true }];
  expect(waits(answer)).toBeLessThan(waits(core));
  expect(waits(core)).toBeLessThan(waits(start));
  for (const each of [answer, core, start]) expect(waits(each, true)).toBeGreaterThan(waits(start));
});

test('while the cores are busy with a function that takes events, an invocation waits longer, but not forever', () => {
  const after = (lastTaken: number) => waits({ lastTaken, areCoresBusy: true });
  expect(after(1100)).toBe(after(900) + 100);
  expect(after(60_000)).toBe(after(10_000));
  expect(after(60_000)).toBeGreaterThan(after(1100));
});

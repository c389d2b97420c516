import { expect, test } from 'vitest';
import { patienceOf } from './patience.ts';

const hopes = { isStarting: false, isBusy: false, areCoresBusy: false };

test('without an environment to wait for, nobody waits', () => {
  expect(patienceOf({ nobodyWaits: false }, hopes)).toBe(0);
  expect(patienceOf({ nobodyWaits: true }, hopes)).toBe(0);
});

test('an invocation waits longer for a start than for an answer, and longest if nobody waits for it', () => {
  const waits = (more: Partial<typeof hopes>, nobodyWaits = false) =>
    patienceOf({ nobodyWaits }, { ...hopes, ...more });
  const [answer, core, start] = [{ isBusy: true }, { isBusy: true, areCoresBusy: true }, { isStarting: true }];
  expect(waits(answer)).toBeLessThan(waits(core));
  expect(waits(core)).toBeLessThan(waits(start));
  for (const each of [answer, core, start]) expect(waits(each, true)).toBeGreaterThan(waits(start));
});

import { expect, it } from 'vitest';
import { pauses } from './pacer.ts';

it('lets half of the burst pass at once, and keeps to three quarters of the rate afterward', () => {
  const pauseAt = pauses({ rate: 50, burst: 100 });
  let now = 60_000;
  const send = (messages: number, took: number) => {
    const began = now;
    for (let sent = 0; sent < messages; sent += 1) now += pauseAt(now) + took;
    return now - began;
  };
  expect(send(50, 0)).toBe(0);
  // What an answer takes counts toward the pause.
  expect(send(75, 5)).toBeCloseTo(2_000, -2);
  // A slow answer is no reason to hurry afterward.
  expect(send(1, 5_000)).toBeLessThan(5_030);
  expect(send(75, 5)).toBeCloseTo(2_000, -2);
});

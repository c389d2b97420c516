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
  // The time an answer takes counts toward the pause.
  expect(send(75, 5)).toBeCloseTo(2_000, -2);
  // A pause fills half of the bucket, however long it is.
  now += 60_000;
  expect(send(50, 0)).toBe(0);
  expect(send(75, 5)).toBeCloseTo(2_000, -2);
});

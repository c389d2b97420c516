import { expect, test } from 'vitest';
import { logStart } from './log-start.ts';

test("allows for another clock on AWS, and not for a practice account, which has this machine's", () => {
  expect(logStart({ kind: 'aws' }, 10_000.7)).toBe(9_000);
  expect(logStart({ kind: 'practice' }, 10_000.7)).toBe(10_000);
});

import { expect, test } from 'vitest';
import { summary } from './page.ts';

test.each([
  [0.4, '0 s'],
  [59.6, '1 min'],
  [61, '1 min 1 s'],
  [539.7, '9 min'],
])('says how long %d seconds are', (seconds, words) => {
  expect(summary([], [], seconds).at(-1)).toContain(` in ${words}.`);
});

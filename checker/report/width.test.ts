import { expect, test } from 'vitest';
import { padTo, widthOf } from './width.ts';

test.for([
  ['plain', 5],
  ['✓ ▸ … →', 7],
  ['Zoë', 3],
  ['Zoe\u0308', 3],
  ['李小龍', 6],
  ['ﾊﾝｶｸ', 4],
  ['한국', 4],
  ['👋🏽', 2],
  ['👩‍👩‍👧', 2],
  ['❤️', 2],
  ['🇯🇵', 2],
] as const)('%s takes %d columns', ([text, width]) => {
  expect(widthOf(text)).toBe(width);
  expect(widthOf(padTo(text, 10))).toBe(10);
});

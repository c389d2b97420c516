import { expect, test } from 'vitest';
import { withPlainNumbers } from './number-literals.ts';

test.each([
  ['pages < 1e2', 'pages < 100'],
  ['pages < 0x64', 'pages < 100'],
  ['pages < 1_00', 'pages < 100'],
  ['const MOST = 10 * 10;', 'const MOST = 100;'],
  ['2 ** 7', '128'],
  ['2 * 3 ** 4', '162'],
  ['2 ** 3 ** 2', '2 ** 3 ** 2'],
  ['24 * 60 * 60', '86400'],
  ['50 + 5 * 10', '100'],
  ['50 + 50 * pages', '50 + 50 * pages'],
  ['pages - 1 + 2', 'pages - 1 + 2'],
  ['pages * 10 * 10', 'pages * 10 * 10'],
  ['1000 / 2 * 5', '1000 / 2 * 5'],
  ['row10 * 10', 'row10 * 10'],
  ["'us-east-1' + 1.5", "'us-east-1' + 1.5"],
])('writes the numbers in %j as digits', (source, plain) => {
  expect(withPlainNumbers(source)).toBe(plain);
});

test('ends if numbers are too large to be written as digits', () => {
  expect(withPlainNumbers('9 ** 99 * 9 ** 999')).toContain('e+');
});

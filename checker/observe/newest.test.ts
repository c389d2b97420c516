import { expect, test } from 'vitest';
import { newestLines } from './newest.ts';

const error = ['GoneException: 410', '    at one', '    at two {', "  '$fault': 'client'", '}'];

test.each([
  ['all that fit', ['a', ...error, 'c'], 7, ['a', ...error, 'c']],
  ['the newest ones', ['a', 'b', 'c'], 2, ['b', 'c']],
  ['the beginning of an error that is too long', ['a', ...error, 'c'], 4, [...error.slice(0, 3), 'c']],
  ['the beginning of the last one', ['a', ...error], 2, error.slice(0, 2)],
  ['nothing of nothing', [], 2, []],
])('keeps %s', (_, lines, most, kept) => {
  expect(newestLines(lines, most)).toEqual(kept);
});

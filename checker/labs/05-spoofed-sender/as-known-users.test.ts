import { expect, test } from 'vitest';
import { sourceWords } from '../../probe/source-words.ts';
import { knownNames } from './as-known-users.ts';

test.each([
  ["own.startsWith('svc-')", 'svc-'],
  ["own.endsWith('-bot')", '-bot'],
  ['return /^ops\\./.test(own)', 'ops.'],
  ["own === 'pager'", 'pager'],
])('a username begins and ends with what %s looks for, and is made up', (source, value) => {
  const [name = ''] = knownNames(sourceWords([source]));
  expect(name.startsWith(value) && name.endsWith(value)).toBe(true);
  expect(name.length).toBeGreaterThan(2 * value.length + 2);
  expect(name.length).toBeLessThanOrEqual(40);
});

test('what cannot be in a username, or is too long, is left out', () => {
  const values = ['cognito:username', 'Speak up!', 'queryStringParameters', 1];
  expect(knownNames({ patterns: [], sought: [], values })).toEqual([]);
});

test('at most four users are tried', () => {
  expect(knownNames({ patterns: [], sought: ['ab', 'cd', 'ef'], values: ['ef', 'gh', 'ij'] }).length).toBe(4);
});

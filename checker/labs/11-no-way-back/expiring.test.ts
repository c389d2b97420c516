import { expect, test } from 'vitest';
import { lifeOf } from './expiring.ts';

const now = Date.parse('2026-11-28T12:00:00Z');
const seconds = now / 1000;

test.each<[string, Record<string, { N: string } | { S: string }>, number]>([
  ['a minute from now', { expires: { N: String(seconds + 60) } }, 60_000],
  ['a minute ago', { expires: { N: String(seconds - 60) } }, -60_000],
  ['never, without the attribute', { at: { N: String(seconds) } }, Number.POSITIVE_INFINITY],
  ['never, with a text', { expires: { S: String(seconds + 60) } }, Number.POSITIVE_INFINITY],
  ['never, with a time of long ago', { expires: { N: '60' } }, Number.POSITIVE_INFINITY],
])('a row expires %s', (_, row, life) => {
  expect(lifeOf(row, 'expires', now)).toBe(life);
});

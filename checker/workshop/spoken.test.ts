import { expect, test } from 'vitest';
import { spoken } from './spoken.ts';

test.each([
  ['I never wrote that.', '“I never wrote that.”'],
  ['It says "Internal server error".', '“It says ‘Internal server error’.”'],
])('puts %s in quotes', (words, said) => {
  expect(spoken(words)).toBe(said);
});

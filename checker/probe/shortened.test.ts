import { expect, test } from 'vitest';
import { quoted } from './frames.ts';
import { shortened } from './shortened.ts';

test('a line is shortened only if it is long', () => {
  expect(shortened('a'.repeat(300))).toBe('a'.repeat(300));
  expect(shortened('a'.repeat(301))).toBe(`${'a'.repeat(300)} …`);
  expect(shortened('abcd', { longest: 3 })).toBe('abc …');
});

test("an error that quotes somebody's text is shown in part", () => {
  const message = `Too long: ${'a'.repeat(4_000)}`;
  expect(quoted(JSON.stringify({ type: 'error', message })).length).toBeLessThan(320);
  expect(quoted('a'.repeat(4_000)).length).toBeLessThan(320);
});

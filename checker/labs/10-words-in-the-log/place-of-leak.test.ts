import { expect, test } from 'vitest';
import { placeOfLeak } from './place-of-leak.ts';

const printed = (text: string) => `2026-11-28T02:20:11.123Z\t5d1c6b1e\tINFO\t${text}`;

test('looks for the first words of a line in every handler, the longest beginning first', () => {
  const { anywhere, near, of } = placeOfLeak(printed("they said { text: 'Kettle' }"), 'SendMessage');
  expect(anywhere?.filter((each) => each.startsWith("('"))).toEqual(["('they said", "('they"]);
  expect(near).not.toContain('console.');
  expect(of).toBe('SendMessage');
});

test('looks for any call that prints if a line has no words of its own', () => {
  const { anywhere, near } = placeOfLeak(printed('{"text":"Kettle"}'), undefined);
  expect(anywhere).toEqual([]);
  expect(near).toEqual(expect.arrayContaining(['JSON.stringify(event', 'console.debug(parsed', 'console.']));
});

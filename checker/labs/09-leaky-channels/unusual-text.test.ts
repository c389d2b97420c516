import { expect, test } from 'vitest';
import { sourceWords } from '../../probe/source-words.ts';
import { unusualText } from './unusual-text.ts';

const source = `
  const half = total / 2;
  if (/\\burgent\\b/i.test(text) || text.includes('company')) return everyone;
`;

test('an unusual text begins with what is said, and is as long as the room takes', () => {
  const text = unusualText('Tea for two?', ['ada.quail', 'grace'], sourceWords([source]));
  expect(text).toMatch(/^Tea for two\? @ada\.quail @grace /);
  expect(Buffer.byteLength(text)).toBe(4_096);
});

test('an unusual text has the words that handlers look for', () => {
  const words = unusualText('Tea?', [], sourceWords([source])).split(' ');
  expect(words).toEqual(expect.arrayContaining(['urgent', 'company', '@here']));
});

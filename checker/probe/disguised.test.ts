import { expect, test } from 'vitest';
import { disguisedIn } from './disguised.ts';
import type { Needle } from './needles.ts';

const text = 'breesschaittmaus Where field give street 42 street, field lamp a night? quoarnscheeldlou';
const needle: Needle = { kind: 'word', text, called: 'what Ada said', isWhole: true, isSentence: true };
const eachWord = (change: (word: string) => string) => text.split(' ').map(change).join(' ');

test.each([
  ['vowels replaced', text.replace(/[aeiou]/g, '*'), 'missing vowels'],
  ['vowels left out', text.replace(/[aeiou]/g, ''), 'missing vowels'],
  ['every second letter masked', text.replace(/(\S)\S/g, '$1*'), 'missing letters'],
  ['each letter twice', [...text].map((letter) => letter + letter).join(''), 'doubled letters'],
  ['the letters after the third of each word masked', text.replace(/\b(\w{3})\w*/g, '$1***'), 'shortened words'],
  ['four letters of each word', eachWord((word) => word.slice(0, 4)), 'shortened words'],
  ['the first and the last letter of each word', text.replace(/\B\w+\B/g, '…'), 'masked words'],
])('finds a sentence with %s', (_, logged, disguise) => {
  expect(disguisedIn(`2026-11-28 INFO ${logged} (ok)`, [needle])).toEqual([{ needle, disguise }]);
});

test.each([
  ['ids and counts', '{"messageId":"M1xB2dPGwIdDabc=","bytes":112,"listeners":4}'],
  ['another sentence', 'Where field give street 42 street, field lamp a night?'.replace(/[aeiou]/g, '*')],
  ['the lengths of its words', eachWord((word) => '*'.repeat(word.length))],
  ['the first letters of its words', eachWord((word) => word.charAt(0))],
])('finds nothing in %s', (_, logged) => {
  expect(disguisedIn(logged, [needle])).toEqual([]);
});

test('looks for sentences only: what is left of a word can be in an id', () => {
  const word: Needle = { kind: 'word', text: 'quoarnscheeldlou', called: 'what Ada said' };
  expect(disguisedIn('qrnschldl', [word, { ...word, isSentence: true }])).toEqual([]);
});

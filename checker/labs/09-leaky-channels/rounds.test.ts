import { expect, test } from 'vitest';
import { decides, heardOf, type Round, toldIn, wrongIn } from './rounds.ts';

const plain: Round = { speaker: 'Ada', channel: 'one', text: 'Tea?', inside: { Ada: 1, Linus: 1 }, outside: [] };
const other: Round = {
  speaker: 'Grace',
  channel: 'other',
  text: 'Milk?',
  inside: { Grace: 1, Edsger: 1 },
  outside: [],
};
const claims = { field: 'channel', channel: 'other' };
const nobody = { Ada: 0, Linus: 0 };

test('nothing is wrong if everyone in the channel heard it once, and nobody else', () => {
  expect(wrongIn([plain, other, { ...plain, claims }])).toBeUndefined();
});

test.each<[string, Partial<Round>]>([
  ['rejected with an error', { inside: nobody, told: 'Your message has an unknown field.' }],
  ['rejected without a word', { inside: nobody }],
])('a message that names another channel can be %s', (_, round) => {
  expect(wrongIn([{ ...plain, claims, ...round }])).toBeUndefined();
});

test.each<[string, Partial<Round>, string]>([
  ['somebody outside got it', { outside: ['Grace'] }, 'leaked'],
  ['a claim is believed', { claims, outside: ['Grace'], inside: nobody }, 'claim believed'],
  ['one of two missed it', { inside: { Ada: 1, Linus: 0 } }, 'missed'],
  ['one of two missed a message with a claim', { claims, inside: { Ada: 1, Linus: 0 } }, 'missed'],
  ['nobody got it, without a word', { inside: nobody }, 'missed'],
  ['nobody got it, with an error', { inside: nobody, told: 'Internal server error' }, 'error'],
  ['the function fails on a claim', { claims, inside: nobody, told: 'Internal server error' }, 'error'],
  ['everyone got it, with an error', { told: 'Internal server error' }, 'error'],
  ['somebody got it twice', { inside: { Ada: 1, Linus: 2 } }, 'twice'],
])('it is wrong if %s', (_, round, kind) => {
  const wrong = { ...plain, ...round };
  expect(wrongIn([plain, wrong])).toMatchObject({ kind, round: wrong });
  expect(decides(wrong)).toBe(true);
});

test('a miss does not count if it was said again, and a leak does', () => {
  const again: Round = { ...plain, inside: { Ada: 1, Linus: 0 }, isSaidAgain: true };
  expect(wrongIn([again, plain])).toBeUndefined();
  expect(wrongIn([{ ...again, outside: ['Grace'] }, plain])).toMatchObject({ kind: 'leaked' });
});

test('tells a leak in one direction from one in both', () => {
  const leak = { ...plain, outside: ['Grace'] };
  expect(wrongIn([leak, other])).toMatchObject({ oneWay: true });
  expect(wrongIn([plain, { ...other, outside: ['Ada'] }])).toMatchObject({ oneWay: true });
  expect(wrongIn([leak, { ...other, outside: ['Ada'] }])).toMatchObject({ oneWay: false });
});

test('a message outside its channel counts in any form', () => {
  const frame = (fields: Readonly<Record<string, unknown>>) => ({ at: 0, text: JSON.stringify(fields), fields });
  const people = [
    { label: 'Ada', isInside: true, heard: [frame({ type: 'message', text: 'Tea?', from: 'ada.quail' })] },
    { label: 'Grace', isInside: false, heard: [frame({ type: 'hidden', from: 'ada.quail' })] },
    { label: 'Edsger', isInside: false, heard: [frame({ type: 'draft', of: ['Tea?'] })] },
    { label: 'Barbara', isInside: false, heard: [frame({ type: 'message', text: 'Milk?', from: 'grace.moss' })] },
  ];
  expect(heardOf('Tea?', 'ada.quail', people)).toEqual({ inside: { Ada: 1 }, outside: ['Grace', 'Edsger'] });
});

test('an error comes from the room or from API Gateway', () => {
  const [said, failed] = [{ type: 'message', message: 'x' }, { message: 'Internal server error' }];
  const frames = [said, failed].map((fields) => ({ at: 0, text: '', fields }));
  expect(toldIn(frames)).toBe('Internal server error');
  expect(toldIn(frames.slice(0, 1))).toBeUndefined();
});

import { expect, test } from 'vitest';
import { decides, heardOf, type Round, toldIn, wrongIn } from './rounds.ts';
import { isAlike, isOf } from './telling.ts';

const plain: Round = {
  speaker: 'Ada',
  channel: 'one',
  text: 'Tea for two, please?',
  words: 'Tea for two, please?',
  from: 'ada.quail',
  inside: { Ada: 1, Linus: 1 },
  elsewhere: { Grace: 'other', Frances: 'general', Hedy: 'geNEral' },
  outside: [],
};
const other: Round = {
  speaker: 'Grace',
  channel: 'other',
  text: 'Milk and sugar?',
  words: 'Milk and sugar?',
  from: 'grace.moss',
  inside: { Grace: 1, Edsger: 1 },
  elsewhere: { Ada: 'one', Frances: 'general', Hedy: 'geNEral' },
  outside: [],
};
const general: Round = {
  ...plain,
  speaker: 'Frances',
  channel: 'general',
  inside: {},
  elsewhere: { Ada: 'one', Grace: 'other', Hedy: 'geNEral' },
};
const claims = { where: 'in the field channel', channel: 'other' };
const long = { ...claims, isText: true, mustArrive: true } as const;
const nobody = { Ada: 0, Linus: 0 };

test('nothing is wrong if everyone in the channel heard it once, and nobody else', () => {
  expect(wrongIn([plain, other, { ...plain, claims }])).toBeUndefined();
});

test.each<[string, Partial<Round>]>([
  ['rejected with an error', { inside: nobody, told: 'Your message has an unknown field.' }],
  ['rejected without a word', { inside: nobody }],
  ['rejected for its text', { inside: nobody, told: 'No advertisements.', claims: { ...claims, isText: true } }],
])('a message that names another channel can be %s', (_, round) => {
  expect(wrongIn([{ ...plain, claims, ...round }])).toBeUndefined();
});

test('somebody was moved if an ordinary message leaks, but only since one that named another channel', () => {
  const leak = { ...plain, outside: ['Grace'] };
  expect(wrongIn([plain, { ...plain, claims }, { ...leak, claims }, leak])).toEqual({ kind: 'moved', round: leak });
  expect(wrongIn([leak, { ...leak, claims }])).toMatchObject({ kind: 'leaked' });
});

test.each<[string, Partial<Round>, string]>([
  ['somebody outside got it', { outside: ['Grace'] }, 'leaked'],
  ['a claim is believed', { claims, outside: ['Grace'], inside: nobody }, 'claim believed'],
  ['one of two missed it', { inside: { Ada: 1, Linus: 0 } }, 'missed'],
  ['one of two missed a message with a claim', { claims, inside: { Ada: 1, Linus: 0 } }, 'missed'],
  ['nobody got it, without a word', { inside: nobody }, 'missed'],
  ['nobody got it, with an error', { inside: nobody, told: 'Internal server error' }, 'error'],
  ['the function fails on a claim', { claims, inside: nobody, told: 'Internal server error' }, 'error'],
  ['a long text is rejected', { claims: long, inside: nobody, told: 'Be brief.' }, 'error'],
  ['a long text is dropped', { claims: long, inside: nobody }, 'missed'],
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

test.each<[string, readonly Round[], string]>([
  ['everyone gets everything', [all(plain), all(other)], 'all'],
  ['one channel leaks into another', [{ ...plain, outside: ['Grace'] }, other], 'some'],
  ['one channel leaks everywhere, and the other does not', [plain, all(other)], 'some'],
  ['people in general read along', [plain, other].map((round) => ({ ...round, outside: ['Frances'] })), 'general'],
  ['general goes to everyone', [plain, other, all(general)], 'general'],
  ['a person is in both channels', [plain, { ...plain, alsoIn: 'other', outside: ['Grace'] }, other], 'of one person'],
  [
    'a person has a tab in both',
    [plain, { ...plain, alsoInside: ['Grace'], outside: ['Grace'] }, other],
    'of one person',
  ],
  ['the room finds nobody', [plain, other, all({ ...plain, despite: 'no rows' })], 'no rows'],
  ['only the first page is filtered', [plain, other, { ...plain, despite: 'pages', outside: ['Grace'] }], 'pages'],
  ['a read fails', [plain, other, all({ ...plain, despite: 'failing read' })], 'failing read'],
  ['somebody is gone', [plain, other, { ...plain, despite: 'stale row', outside: ['Grace'] }], 'stale row'],
  ['names differ only in case', [plain, other, { ...general, outside: ['Hedy'] }], 'some'],
])('names the channels between which messages leak: %s', (_, rounds, between) => {
  expect(wrongIn(rounds)).toMatchObject({ kind: 'leaked', between });
});

function all(round: Round): Round {
  return { ...round, outside: Object.keys(round.elsewhere) };
}

const secret = JSON.stringify({ text: 'Tea for two, please?' });

test.each<[string, string]>([
  ['word for word, in a frame that no page shows', '{"type":"draft","of":["Tea for two, please?"]}'],
  ['in part', '{"type":"preview","text":"Tea for two, p…"}'],
  ['in capitals', '{"type":"hidden","text":"TEA FOR TWO, PLEASE?"}'],
  ['in base64', `{"type":"hidden","data":"${Buffer.from(secret).toString('base64')}"}`],
  ['only as the name of the speaker', '{"type":"hidden","from":"ada.quail"}'],
])('a message outside its channel counts %s', (_, text) => {
  expect(isOf(plain)({ text })).toBe(true);
});

test.each([
  ['a sign of life counts', { type: 'unread', channel: 'one' }, true],
  ['another channel does not', { type: 'unread', channel: 'other' }, false],
  ['nor does the answer to who asked for it', { type: 'error', channel: 'one' }, false],
])('of a frame that names only a channel, %s', (_, fields, counts) => {
  expect(isOf(plain)({ text: JSON.stringify(fields), fields })).toBe(counts);
  expect(isOf(general)({ text: '', fields: { channel: 'general' } })).toBe(false);
});

test('a message of their own is not what people outside got', () => {
  const frame = (fields: Readonly<Record<string, unknown>>) => ({ at: 0, text: JSON.stringify(fields), fields });
  const [own, leaked] = [other, plain].map(({ text, from }) => frame({ type: 'message', text, from }));
  if (own === undefined || leaked === undefined) throw new Error('There are two.');
  const people = [
    { label: 'Ada', isInside: true, heard: [leaked] },
    { label: 'Grace', isInside: false, heard: [own, leaked] },
    { label: 'Barbara', isInside: false, heard: [own] },
  ];
  expect(heardOf(plain, [plain, other], people)).toEqual({ inside: { Ada: 1 }, outside: ['Grace'] });
});

test.each([
  ['a long id, is a notice', 'f1d2c3b4-a596', ['Grace'], ['Grace']],
  ['a number, which two channels can have, is nothing', 7, [], undefined],
])('a frame outside without the words, but with %s', (_what, id, leakedTo, noticed) => {
  const frame = (fields: Readonly<Record<string, unknown>>) => ({ at: 0, text: JSON.stringify(fields), fields });
  const message = { type: 'message', text: plain.text, from: plain.from, id };
  const people = [
    { label: 'Ada', isInside: true, heard: [frame(message)] },
    { label: 'Grace', isInside: false, heard: [frame({ ...message, text: '', from: '' })] },
    { label: 'Barbara', isInside: false, heard: [frame({ ...message, text: other.text, from: other.from })] },
  ];
  expect(heardOf(plain, [plain, other], people)).toEqual({ inside: { Ada: 1 }, outside: leakedTo, noticed });
});

test('the name of a speaker with a tab in a channel means nothing there', () => {
  const receipt = { at: 1, text: JSON.stringify({ type: 'delivered', to: plain.from }), fields: {} };
  const grace = { label: 'Grace', isInside: false, heard: [receipt] };
  expect(heardOf(plain, [plain], [grace]).outside).toEqual(['Grace']);
  expect(heardOf(plain, [plain], [{ ...grace, isKnown: true }]).outside).toEqual([]);
});

test('a frame with the words of another message says nothing about the earlier ones of its speaker', () => {
  const later = { ...plain, text: 'Coffee tomorrow?', words: 'Coffee tomorrow?' };
  const frame = { text: JSON.stringify({ type: 'message', text: later.text, from: later.from }) };
  expect(isOf(later, [plain, later])(frame)).toBe(true);
  expect(isOf(plain, [plain, later])(frame)).toBe(false);
});

test('texts are alike if several letters in a row are the same', () => {
  expect(isAlike('Read it tomorrow.', 'tomorrow, tea')).toBe(true);
  expect(isAlike('Read it today.', 'tea tomorrow')).toBe(false);
});

test('an error comes from the room or from API Gateway', () => {
  const [said, failed] = [{ type: 'message', message: 'x' }, { message: 'Internal server error' }];
  const frames = [said, failed].map((fields) => ({ at: 0, text: '', fields }));
  expect(toldIn(frames)).toBe('Internal server error');
  expect(toldIn(frames.slice(0, 1))).toBeUndefined();
});

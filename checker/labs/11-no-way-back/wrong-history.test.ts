import { expect, test } from 'vitest';
import type { Newcomer } from './remember.ts';
import { whatIsWrong } from './wrong-history.ts';

const message = (text: string) => ({ type: 'message', channel: 'kite', from: 'Ada', text, at: '2026-11-28', id: text });
const wanted = ['Tea?', 'Milk?', 'Cake?'].map(message);
const [tea = message(''), milk = message(''), cake = message('')] = wanted;
const linus: Newcomer = { who: 'Linus', channel: 'kite', wanted, got: wanted };

test('nothing is wrong if somebody got the messages, in order and once, or nothing in an empty channel', () => {
  expect(whatIsWrong(linus)).toBeUndefined();
  expect(whatIsWrong({ ...linus, wanted: [], got: [] })).toBeUndefined();
  expect(whatIsWrong({ ...linus, got: wanted.map((each) => ({ ...each, isOld: true })) })).toBeUndefined();
  expect(whatIsWrong({ ...linus, isOld: true })).toBeUndefined();
  const { from: _, ...ofEither } = tea;
  expect(whatIsWrong({ ...linus, wanted: [ofEither, milk, cake] })).toBeUndefined();
});

test.each<[string, Partial<Newcomer>, string]>([
  ['an error', { got: [], told: '{"message":"Internal server error"}' }, 'got an error: "Internal server error"'],
  ['nothing', { got: [] }, 'got none of the 3 messages'],
  ['nothing of their own', { name: 'Ada', got: [] }, 'none of the 3 messages. Linus had sent them.'],
  ['some of them', { got: [tea, cake] }, "didn't get 1 of the last 3 messages"],
  ['older ones, too', { got: [message('Old.'), ...wanted] }, 'such as "Old."'],
  ['one of them twice', { got: [...wanted, tea] }, 'more than once'],
  ['the newest first', { got: [...wanted].reverse() }, 'in the wrong order'],
  ['one under another name', { got: [tea, { ...milk, from: 'Linus' }, cake] }, '`from` was "Ada" and is "Linus"'],
  ['one without an id', { got: [{ ...tea, id: undefined }, milk, cake] }, '`id` was "Tea?" and is missing'],
  ['an older one instead of the last', { got: [message('Old.'), tea, milk] }, "didn't get 1 of the last 3 messages"],
  ['one cut off', { got: [tea, milk, message('Ca')] }, 'its text was "Cake?" and is "Ca"'],
  ['one without a text, too', { got: [...wanted, message('')] }, 'without a text'],
  ['them with Ada', { overheard: 'Ada' }, "Ada, who hadn't asked, got the messages again"],
  ["another channel's", { believed: 'lamp' }, 'asked for the history of "lamp", and got it'],
  ['nothing once it is old', { isOld: true, got: [] }, '6 days older, and Linus asked again, but got none of the 3.'],
  ['some of what is old', { isOld: true, got: [cake] }, 'but got only 1 of the 3.'],
  [
    'an error in an empty channel',
    { wanted: [], got: [], told: '{"message":"Internal server error"}' },
    'nobody had said anything',
  ],
  ['a message in an empty channel', { wanted: [], got: [tea] }, 'but got a message: "Tea?"'],
])('it is wrong if somebody got %s', (_, newcomer, words) => {
  expect(whatIsWrong({ ...linus, ...newcomer })?.actual).toContain(words);
});

test('of a long text, it says how much is the same', () => {
  const long = message('tea '.repeat(1_024));
  const changed = (text: string) => whatIsWrong({ ...linus, wanted: [tea, long], got: [tea, message(text)] })?.actual;
  expect(changed(String(long.text).slice(0, 255))).toContain('4096 characters and has 255, and only the first 255 are');
  expect(changed(`${String(long.text).slice(0, -4)}Tea `)).toContain('has 4096, and only the first 4092 are the same');
});

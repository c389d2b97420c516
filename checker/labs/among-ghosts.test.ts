import { expect, test } from 'vitest';
import { andThey, gotAltered, gotTwice, livingDeleted } from './among-ghosts.ts';

test.each([
  [['Grace'], 'and Grace'],
  [['Ada'], 'and'],
  [['Ada', 'Grace', 'Linus'], 'and Grace, Linus, and the sender'],
])("doesn't repeat the sender's name: Ada sent a message, and %s …", (labels, words) => {
  expect(andThey('Ada', labels)).toBe(words);
});

test("doesn't repeat a sender who got something else, or a message twice", () => {
  const heard = { Ada: 2, Grace: 1 };
  expect(gotTwice([{ speaker: 'Ada', heard }])).toBe('Ada sent one message, and got it 2 times.');
  expect(gotAltered({ speaker: 'Ada', heard, instead: { Ada: 'HI' } })).toBe(
    'Ada sent a message, and got something else: HI',
  );
});

test.each([
  [['Linus'], 'Linus is connected, but the room deleted their row'],
  [["Linus's tab 2"], "Linus's tab 2 is connected, but the room deleted its row"],
  [['Ada', 'Linus'], 'Ada and Linus are connected, but the room deleted their rows'],
])('says whose rows were deleted: %s', (lost, words) => {
  expect(livingDeleted({ lost })).toBe(`${words}: no more messages will arrive.`);
});

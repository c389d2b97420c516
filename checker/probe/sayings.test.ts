import { expect, test } from 'vitest';
import { channelNames, inOddCase, meaningfulSaying } from './sayings.ts';

test('one channel name begins and ends with the other, and has a part in between', () => {
  for (let number = 0; number < 50; number += 1) {
    const [one, other] = channelNames();
    const parts = other.split('-');
    expect(parts).toEqual([one, expect.stringMatching(/^[a-z]+$/), one]);
    expect(parts[1]).not.toBe(one);
  }
});

test('a meaningful text begins with a command, and has a word of its own in each part', () => {
  const words = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'].values();
  expect(meaningfulSaying(() => words.next().value ?? '', ['urgent'])).toBe(
    '/three @four #five https://one.example/two six@seven.example urgent',
  );
});

test('a name in odd case is the same name, written as nobody would', () => {
  for (let number = 0; number < 50; number += 1) {
    const odd = inOddCase('general');
    expect(odd.toLowerCase()).toBe('general');
    expect(['general', 'General', 'GENERAL']).not.toContain(odd);
  }
});

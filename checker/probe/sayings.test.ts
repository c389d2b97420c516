import { expect, test } from 'vitest';
import { channelNames, inOddCase } from './sayings.ts';

test('one channel name begins and ends with the other, and has a part in between', () => {
  for (let number = 0; number < 50; number += 1) {
    const [one, other] = channelNames();
    const parts = other.split('-');
    expect(parts).toEqual([one, expect.stringMatching(/^[a-z]+$/), one]);
    expect(parts[1]).not.toBe(one);
  }
});

test('a name in odd case is the same name, written as nobody would', () => {
  for (let number = 0; number < 50; number += 1) {
    const odd = inOddCase('general');
    expect(odd.toLowerCase()).toBe('general');
    expect(['general', 'General', 'GENERAL']).not.toContain(odd);
  }
});

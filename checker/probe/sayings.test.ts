import { expect, test } from 'vitest';
import { channelNames, inOddCase, lookalikeOf, meaningfulSayings } from './sayings.ts';

test('one channel name begins and ends with the other, and a third differs in a separator', () => {
  for (let number = 0; number < 50; number += 1) {
    const [one, other] = channelNames();
    const parts = other.split('-');
    const word = expect.stringMatching(/^[a-z]+$/);
    expect(parts).toEqual([one, word, word, one]);
    const alike = lookalikeOf(other);
    expect(alike.slice(0, 21)).toBe(other.slice(0, 21));
    expect(alike).not.toBe(other);
    expect(alike.replaceAll('_', '-')).toBe(other);
  }
});

test('each meaningful text begins with another part, and has words of its own in each', () => {
  let count = 0;
  const word = () => {
    count += 1;
    return `w${count}`;
  };
  expect(meaningfulSayings(word, ['urgent'])).toEqual([
    '/w1 @w2 #w3 https://w4.example/w5 w6@w7.example urgent',
    '@w8 #w9 https://w10.example/w11 w12@w13.example /w14 urgent',
    '#w15 https://w16.example/w17 w18@w19.example /w20 @w21 urgent',
    'https://w22.example/w23 w24@w25.example /w26 @w27 #w28 urgent',
    'w29@w30.example /w31 @w32 #w33 https://w34.example/w35 urgent',
  ]);
});

test('a name in odd case is the same name, written as nobody would', () => {
  for (let number = 0; number < 50; number += 1) {
    const odd = inOddCase('general');
    expect(odd.toLowerCase()).toBe('general');
    expect(['general', 'General', 'GENERAL']).not.toContain(odd);
  }
});

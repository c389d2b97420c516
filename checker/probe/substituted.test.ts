import { expect, test } from 'vitest';
import { substitutedIn } from './substituted.ts';

const sentence = 'quaildstou Paper lamp 42 window road, quiet river again? breenngsatt';
const body = JSON.stringify({ action: 'sendmessage', text: sentence });
const mapped = (change: (code: number) => number) =>
  [...body].map((letter) => String.fromCharCode(change(letter.charCodeAt(0)))).join('');

test.each([
  ['as it is', body],
  ['with each letter moved by three', mapped((code) => code + 3)],
  ['with one byte XORed', mapped((code) => code ^ 5)],
  ['with the alphabet reversed', body.replace(/[a-z]/g, (letter) => String.fromCharCode(219 - letter.charCodeAt(0)))],
  [
    'in lower case, moved',
    body.toLowerCase().replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 1)),
  ],
  ['as numbers, moved', [...body].map((letter) => letter.charCodeAt(0) + 7).join(', ')],
  ['as hex, inverted', Buffer.from([...Buffer.from(body)].map((byte) => 255 - byte)).toString('hex')],
])('finds a sentence %s', (_, text) => {
  expect(substitutedIn(`2026-11-28 INFO ${text} done`)(sentence)).toBe(true);
});

test.each([
  ['another sentence', body.replace('window', 'street')],
  [
    'counts and ids',
    '{"messageId":"1bHu8wgOxtcAaNs=","bytes":88,"listeners":8,"request":"ekbxkoqcek-1bHu8wgOxtcAaNs"}',
  ],
  ['stars', '*'.repeat(500)],
  ['hex', 'c46ce2f5b545d9bbf06523875f2e75d151357dd54b20eea333ad15c9212986bb'.repeat(5)],
])('does not find it in %s', (_, text) => {
  expect(substitutedIn(text)(sentence)).toBe(false);
});

import { createHash, randomBytes } from 'node:crypto';

// A visitor whose name says "check" is told apart by a room that is made for the checker's eyes: it may pass on what is
// said to such visitors alone. So one of two comes by a name like any other, which only who calculates knows again.

const syllables = [...'bdfgjklmnprstvxz'].flatMap((consonant) => [...'aeiou'].map((vowel) => consonant + vowel));
const BASE = BigInt(syllables.length);

/** Syllables of a name: seven of what it says, two to check it by. */
const SAID = 7;
const CHECKED = 2;
const FIRST = 4;

/** Minutes since 1970 need 26 bits until 2097; seven syllables hold 44, and what is left makes the name one of its own. */
const MINUTES = 26n;

/** A name such as `Tavomire Lusokamino`: when the visitor came, in milliseconds, and something nobody could have prepared. */
export function plainName(now: number): string {
  const minutes = BigInt(Math.floor(now / 60_000));
  const random = BigInt(randomBytes(2).readUInt16BE());
  const said = spelt((random << MINUTES) | minutes, SAID);
  const all = [...said, ...checked(said)];
  return [all.slice(0, FIRST), all.slice(FIRST)].map((part) => capital(part.join(''))).join(' ');
}

/** When the visitor of such a name came, to the minute, in milliseconds; undefined for any other name. */
export function plainNameSince(name: string): number | undefined {
  const [, first = '', last = ''] = /^([A-Z][a-z]{7}) ([A-Z][a-z]{9})$/.exec(name) ?? [];
  const all = `${first}${last}`.toLowerCase().match(/../g) ?? [];
  const said = all.slice(0, SAID);
  if (all.length !== SAID + CHECKED || checked(said).join('') !== all.slice(SAID).join('')) return undefined;
  let value = 0n;
  for (const syllable of said) {
    const digit = syllables.indexOf(syllable);
    if (digit === -1) return undefined;
    value = value * BASE + BigInt(digit);
  }
  return Number(value & ((1n << MINUTES) - 1n)) * 60_000;
}

function spelt(value: bigint, count: number): string[] {
  const digits: string[] = [];
  for (let left = value; digits.length < count; left /= BASE) digits.unshift(syllables[Number(left % BASE)] ?? '');
  return digits;
}

function checked(said: readonly string[]): string[] {
  return spelt(BigInt(createHash('sha256').update(said.join('')).digest().readUInt32BE()), CHECKED);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

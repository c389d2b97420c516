import { randomInt } from 'node:crypto';

/**
 * Returns domains that somebody can mistake for this one when they type or read it: in its first label, one letter is
 * another one, missing, doubled, or swapped with the next one. The first letter stays.
 */
export function mistypedDomains(domain: string): readonly string[] {
  const { length } = domain.slice(0, domain.indexOf('.'));
  // A letter, and the one after it.
  const at = () => randomInt(1, length - 1);
  const changed = (index: number, to: (letter: string, next: string) => string, taken = 1) =>
    `${domain.slice(0, index)}${to(domain.charAt(index), domain.charAt(index + 1))}${domain.slice(index + taken)}`;
  return [
    changed(at(), otherLetter),
    changed(at(), () => ''),
    changed(at(), (letter) => letter.repeat(2)),
    changed(at(), (letter, next) => `${next}${letter}`, 2),
  ];
}

function otherLetter(letter: string): string {
  const others = [...'abcdefghijklmnopqrstuvwxyz'].filter((one) => one !== letter);
  return others[randomInt(others.length)] ?? '';
}

/**
 * Letters that aren't the ASCII letter, but that some comparisons take for it: `localeCompare` without accents, and
 * `toUpperCase`.
 */
const lookalikes: ReadonlyArray<readonly [letter: string, other: string]> = [
  ['o', 'ö'],
  ['i', 'ı'],
];

/** Returns domains that differ from this one in a letter beyond ASCII. */
export function domainsBeyondAscii(domain: string): readonly string[] {
  return lookalikes.flatMap(([letter, other]) => (domain.includes(letter) ? domain.replace(letter, other) : []));
}

import { expect, test } from 'vitest';
import { domainsBeyondAscii, mistypedDomains } from './similar-domains.ts';

test('one letter is another one, missing, doubled, or swapped with the next one', () => {
  for (let number = 0; number < 50; number += 1) {
    const [other = '', missing = '', doubled = '', swapped = ''] = mistypedDomains('unicorn.example');
    expect([other, missing, doubled, swapped].map(({ length }) => length)).toEqual([15, 14, 16, 15]);
    expect(differences(other)).toBe(1);
    expect(differences(swapped)).toBe(2);
    expect(doubled.replace(/(.)\1/, '$1')).toBe('unicorn.example');
    for (const domain of [other, missing, doubled, swapped]) {
      expect(domain).toMatch(/^u[a-z]+\.example$/);
      expect(domain).not.toBe('unicorn.example');
    }
  }
});

test('some comparisons take other letters for ASCII letters', () => {
  const [accented = '', dotless = ''] = domainsBeyondAscii('unicorn.example');
  expect(accented.localeCompare('unicorn.example', undefined, { sensitivity: 'base' })).toBe(0);
  expect(dotless.toUpperCase()).toBe('UNICORN.EXAMPLE');
  expect([accented, dotless]).not.toContain('unicorn.example');
});

function differences(domain: string): number {
  return [...'unicorn.example'].filter((letter, index) => domain[index] !== letter).length;
}

import { expect, test } from 'vitest';
import { knownTexts, placesKnown } from './known-texts.ts';

function texts(source: string, environment: Record<string, string> = {}): string[] {
  return knownTexts([source], environment).map(({ text }) => text);
}

test('finds what a token is compared with', () => {
  expect(texts("if (token === 'letmein') return allow();")).toEqual(['letmein']);
});

test('finds what a token begins or ends with, as a part of longer ones', () => {
  const found = texts("if (token.startsWith('desktop-')) return allow();");
  expect(found[0]).toBe('desktop-');
  expect(found[1]).toMatch(/^desktop-.+/);
  expect(found[2]).toMatch(/.+desktop-$/);
});

test('finds what a regular expression matches', () => {
  expect(texts('if (/^dev\\d{3}$/.test(token)) return allow();')).toContain('dev777');
});

test('finds the values of variables first, each part of a list too, and names the variable', () => {
  const found = knownTexts(["token === 'c'"], { KEYS: 'a, b', EMPTY: '', LONG: 'x'.repeat(101) });
  expect(found.map(({ text }) => text)).toEqual(['a, b', 'a', 'b', 'c']);
  expect(found[2]).toEqual({ text: 'b', of: { variable: 'KEYS', part: 2 } });
});

test('tries a page that is served locally if the code reads where a page is from', () => {
  const source = "const local = new URL(headers.Origin).hostname === 'localhost';";
  expect(texts(source)).toEqual(['localhost', 'http://localhost:3000']);
  expect(placesKnown([source]).headers).toContain('Origin');
});

test('tries at most 24 texts, those that have to do with handshakes first', () => {
  const other = Array.from({ length: 40 }, (_, index) => `message.kind === 'kind${index}'`).join(' || ');
  const found = knownTexts([other, "token === 'letmein'"], {});
  expect(found).toHaveLength(24);
  expect(found[0]?.text).toBe('letmein');
});

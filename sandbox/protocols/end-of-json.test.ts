import { describe, expect, it } from 'vitest';
import { endOfJson } from './end-of-json.ts';

/** Whether JSON.parse, which is the standard, accepts a text. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const seeds = [
  '{"a":[1,-2.5e+3,0,true,false,null,"x\\u00e9\\n\\"",{}],"b":{"c":[[],[{}]]},"":""}',
  '[[1,2],[],{"a":1,"b":[null]}]',
  '"text \\\\ \\/ \\u1234"',
  ' -0.0E-10\r\n\t',
  'true',
];
const pieces = [
  '',
  ',',
  ':',
  '[',
  ']',
  '{',
  '}',
  '"',
  '\\',
  '0',
  '1',
  '-',
  '.',
  'e',
  't',
  'u',
  ' ',
  '\n',
  '\u0001',
  'é',
];

describe('endOfJson', () => {
  it('agrees with JSON.parse about every text that differs from JSON in one place', async () => {
    for (const seed of seeds) {
      expect(await endOfJson(Buffer.from(seed))).toBe(-1);
      for (let at = 0; at <= seed.length; at += 1) {
        for (const piece of pieces) {
          for (const kept of [at, at + 1, seed.length]) {
            const text = seed.slice(0, at) + piece + seed.slice(kept);
            expect([text, (await endOfJson(Buffer.from(text))) < 0]).toEqual([text, isJson(text)]);
          }
        }
      }
    }
  });

  it.each([
    ['', 0],
    ['{"a":1', 6],
    ['[1,]', 3],
    ['[1] x', 4],
    ['nul', 0],
  ])('says where %s stops being JSON', async (text, end) => {
    expect(await endOfJson(Buffer.from(text))).toBe(end);
  });

  it('parses any depth', async () => {
    const deep = '['.repeat(1_000_000) + ']'.repeat(1_000_000);
    expect(await endOfJson(Buffer.from(deep))).toBe(-1);
    expect(await endOfJson(Buffer.from(deep.slice(1)))).toBe(1_999_998);
  });
});

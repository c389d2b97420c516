import { expect, test } from 'vitest';
import { wrap } from './wrap.ts';

test.for([
  ['between words', 'one two three', 8, ['one two', 'three']],
  [
    'in a command that is longer than a line',
    'Ask `npx lab hint 01` for one.',
    12,
    ['Ask `npx lab', 'hint 01` for', 'one.'],
  ],
  ['before a command that fits', 'Ask `npx lab hint 01` for one.', 18, ['Ask', '`npx lab hint 01`', 'for one.']],
  ['before an address, not in it', 'at https://a.example/one/two now', 20, ['at', 'https://a.example/one/two', 'now']],
  [
    'between members of JSON',
    'Ada → {"a":"b,","list":[1,"two"]} now',
    20,
    ['Ada → {"a":"b,",', '"list":[1,"two"]}', 'now'],
  ],
  ['before JSON that fits', 'Ada → {"a":1,"b":2}', 16, ['Ada →', '{"a":1,"b":2}']],
  ['if letters take two columns', '漢字漢字 漢字', 8, ['漢字漢字', '漢字']],
  ['by the width of an emoji', 'ab👩‍👩‍👧 cd🇫🇷', 4, ['ab👩‍👩‍👧', 'cd🇫🇷']],
  ['by letters with their accents', 'a\u0301e\u0301 o\u0301', 2, ['a\u0301e\u0301', 'o\u0301']],
] as const)('a line is broken %s', ([, text, width, lines]) => {
  expect(wrap(text, width)).toEqual(lines);
});

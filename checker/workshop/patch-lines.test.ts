import { applyPatch, parsePatch } from 'diff';
import { expect, test } from 'vitest';
import { patchLines } from './patch-lines.ts';

test.each([
  ['a last line of context that is blank', 'one();\n\n', 'ONE();\n\n'],
  ['one of spaces', 'one();\n  \n', 'ONE();\n  \n'],
  ['no line break at the end', 'one();', 'ONE();'],
])('a patch is whole with %s', (_what, before, after) => {
  const lines = patchLines('labs/01-x', new Map([['stack.ts', before]]), new Map([['stack.ts', after]]));
  const [part] = parsePatch(`${lines.join('\n')}\n`);
  expect(part && applyPatch(before, part)).toBe(after);
});

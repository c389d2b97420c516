import { expect, test } from 'vitest';
import { patchLines } from './patch-lines.ts';
import { placeOfPatch } from './place-of-patch.ts';

const before = ['import { a } from "a";', '', 'one();', 'two();', 'three();', 'four();', 'five();', 'six();'];
const place = (now: readonly string[], then: readonly string[], path = 'stack.ts') =>
  placeOfPatch(patchLines('labs/01-x', new Map([[path, now.join('\n')]]), new Map([[path, then.join('\n')]])));

test('is the first changed line, as it is numbered now', () => {
  expect(place(before, before.with(6, 'FIVE();'))).toEqual({ file: 'labs/01-x/stack.ts', line: 7 });
  expect(place(before, before.toSpliced(6, 0, 'more();'))).toEqual({ file: 'labs/01-x/stack.ts', line: 7 });
});

test('is not an import, unless nothing else changes', () => {
  const imported = before.toSpliced(1, 0, 'import { b } from "b";');
  expect(place(before, imported.with(7, 'FIVE();'))).toMatchObject({ line: 7 });
  expect(place(before, imported)).toMatchObject({ line: 2 });
  const long = ['import {', '  b,', '  type C,', '} from "b";', ...before];
  expect(place(long.toSpliced(1, 1), long.with(10, 'FIVE();'))).toMatchObject({ line: 10 });
  expect(place(long, before.with(6, 'FIVE();'))).toMatchObject({ line: 11 });
  expect(place(before, before.toSpliced(2, 0, '  b,'))).toMatchObject({ line: 3 });
});

test('is not a comment, unless nothing else changes', () => {
  const noted = before.with(2, '  // Once.');
  expect(place(noted, before.toSpliced(2, 1, '  // One.', 'ONE();').with(6, 'FOUR();'))).toMatchObject({ line: 4 });
  expect(place(noted, noted.with(2, '  // One.'))).toMatchObject({ line: 3 });
});

test('is right below a deleted line that looks like the head of a patch', () => {
  const sql = ['-- a comment', ...before];
  expect(place(sql, sql.slice(1).with(2, 'ONE();'))).toEqual({ file: 'labs/01-x/stack.ts', line: 1 });
  expect(
    place(['import { a } from "a";', '', '-- a/b.ts', 'two();'], ['import { b } from "b";', '', 'TWO();']),
  ).toEqual({
    file: 'labs/01-x/stack.ts',
    line: 3,
  });
});

test('is the beginning of a new file, and nothing without changes', () => {
  const added = patchLines('labs/01-x', new Map(), new Map([['new.ts', 'one();\n']]));
  expect(placeOfPatch(added)).toEqual({ file: 'labs/01-x/new.ts', line: 1 });
  expect(placeOfPatch([])).toBeUndefined();
});

import chalk from 'chalk';
import { beforeAll, expect, test } from 'vitest';
import { paintPatch } from './patch.ts';

beforeAll(() => {
  chalk.level = 0;
});

const withoutSpaces = (line: string) => line.replace(/\s/g, '');

test.each([
  ['tabs', '+\t\tconst reply = await documents.send(new PutCommand({ TableName: table, Item: { id, name } }));'],
  ['a long template', '+  log(`somebody said a text to somebody, and something else to others too`, { level });'],
  ['wide letters', `-  // ${'文字'.repeat(8)} ${'文字'.repeat(12)} ${'文字'.repeat(12)}`],
])('a wide line with %s is folded, and loses nothing', (_what, line) => {
  const [first = '', ...more] = paintPatch([line], 60);
  expect(more.length).toBeGreaterThan(0);
  expect(more.every((part) => part.startsWith('↪   '))).toBe(true);
  expect(withoutSpaces([first, ...more.map((part) => part.slice(4))].join(''))).toBe(withoutSpaces(line));
  // The rest of a template doesn't leave a line with nothing but its sign.
  expect(first.length).toBeGreaterThan(20);
  expect(paintPatch([line])).toEqual([line]);
});

test('what would move the cursor is replaced on a terminal', () => {
  expect(paintPatch(['+const bell = "\u001b[2J\u0007";'], 80)).toEqual(['+const bell = "·[2J·";']);
});

import { dirname, resolve, win32 } from 'node:path';
import { expect, test } from 'vitest';
import { fileName, pathIn } from './file-name.ts';

test.each(['111122223333', 'us-east-1', 'a'.repeat(64), 'k3j2h1.jsonl'])('keeps the plain name %s', (name) => {
  expect(fileName(name)).toBe(name);
});

const hostile = [
  ...['', '.', '..', '...', '/', '\\', '../x', '..\\x', 'a/b', 'a\\b', '/etc', 'C:', 'c:x', 'a:b', '~', '%2e%2e'],
  ...['con', 'CON', 'nul', 'nul.txt', 'com1', 'lpt9.log', 'aux.', 'a.', 'a ', ' ', '-', 'US-EAST-1', 'us-east-1\u0000'],
  ...['_', '__', '_002e', 'ü', '\ud800', '\udc00', '\n', 'x'.repeat(5000), 'x'.repeat(5001), 'a*?"<>|b'],
];

test.each(hostile)('turns %j into a single path step', (name) => {
  const folder = resolve('folder');
  expect(dirname(pathIn(folder, name))).toBe(folder);
  expect(win32.dirname(win32.join('C:\\folder', fileName(name)))).toBe('C:\\folder');
  expect(fileName(name)).toMatch(/^[a-z0-9_-]([a-z0-9._-]{0,253}[a-z0-9_-])?$/);
  expect(fileName(name)).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/);
});

test('gives every text its own name', () => {
  const names = [...hostile, 'us-east-1', 'u', 'x'];
  expect(new Set(names.map(fileName)).size).toBe(names.length);
});

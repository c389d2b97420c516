import { expect, test } from 'vitest';
import { isFlawedName } from './zip-name.ts';

test.each(['con', 'a/NUL.js', 'C:x', 'C:\\x', 'a:b', 'a\\.\\b', 'a.', 'b ', 'a?', 'a/\u0001'])(
  'Windows cannot hold %j, other systems can',
  (name) => {
    expect(isFlawedName(name, 'win32')).toBe(true);
    expect(isFlawedName(name, 'linux')).toBe(false);
  },
);

test.each(['index.js', './index.js', './', 'a/', 'a\\b.js', 'node_modules/@a/b.js', 'console.js'])(
  '%j is a name',
  (name) => {
    expect(isFlawedName(name, 'win32')).toBe(false);
    expect(isFlawedName(name, 'linux')).toBe(false);
  },
);

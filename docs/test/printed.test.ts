import { expect, test } from 'vitest';
import { difference } from './printed.ts';

test('matches values that vary between runs', () => {
  expect(
    difference(
      ['Deployed in 4.8 s.', 'ws://127.0.0.1:4566/_aws/execute-api/a1b2c3d4e5/room'],
      ['Deployed in 12 s.', 'ws://127.0.0.1:39111/_aws/execute-api/zzzzzzzzzz/room'],
    ),
  ).toBeUndefined();
});

test('reports a different word', () => {
  expect(difference(['fixed'], ['not fixed'])).toMatch(/the page shows "fixed", but the command printed "not fixed"/);
});

test('reports a line that the page omits, unless the page has …', () => {
  expect(difference(['one', 'three'], ['one', 'two', 'three'])).toBeDefined();
  expect(difference(['one', '…', 'three'], ['one', 'two', 'three'])).toBeUndefined();
  expect(difference(['one'], ['one', 'two'])).toMatch(/"two" was printed/);
  expect(difference(['one', '…'], ['one', 'two'])).toBeUndefined();
});

test('matches … in a line with anything', () => {
  expect(difference(['user … said hello'], ['user Ada said hello'])).toBeUndefined();
  expect(difference(['user … said hello'], ['user Ada said bye'])).toBeDefined();
});

test('ignores colors and links of a terminal', () => {
  expect(difference(['✓ fixed'], ['\u001b[32m✓\u001b[39m fixed'])).toBeUndefined();
});

import { expect, test } from 'vitest';
import { difference } from './printed.ts';

test('what varies from run to run is matched, not frozen', () => {
  expect(
    difference(
      ['Deployed in 4.8 s.', 'ws://127.0.0.1:4566/_aws/execute-api/a1b2c3d4e5/room'],
      ['Deployed in 12 s.', 'ws://127.0.0.1:39111/_aws/execute-api/zzzzzzzzzz/room'],
    ),
  ).toBeUndefined();
});

test('a word that is another is told', () => {
  expect(difference(['fixed'], ['not fixed'])).toMatch(
    /the page shows "fixed", and what was printed there is "not fixed"/,
  );
});

test('a line that the page leaves out is told, unless the page says …', () => {
  expect(difference(['one', 'three'], ['one', 'two', 'three'])).toBeDefined();
  expect(difference(['one', '…', 'three'], ['one', 'two', 'three'])).toBeUndefined();
  expect(difference(['one'], ['one', 'two'])).toMatch(/"two" was printed/);
  expect(difference(['one', '…'], ['one', 'two'])).toBeUndefined();
});

test('… in a line stands for anything in it', () => {
  expect(difference(['user … said hello'], ['user Ada said hello'])).toBeUndefined();
  expect(difference(['user … said hello'], ['user Ada said bye'])).toBeDefined();
});

test('colours and links of a terminal are no difference', () => {
  expect(difference(['✓ fixed'], ['\u001b[32m✓\u001b[39m fixed'])).toBeUndefined();
});

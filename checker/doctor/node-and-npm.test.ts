import { expect, test } from 'vitest';
import { nodeFinding } from './node-and-npm.ts';

test.each([
  ['20.20.2', 'fine', 'Node.js 20.20.2 (no more security fixes; install 24), npm 11.6.2, '],
  ['22.12.0', 'fine', 'Node.js 22.12.0, npm 11.6.2, '],
  ['24.1.0', 'fine', 'Node.js 24.1.0, npm 11.6.2, '],
  ['21.7.0', 'in the way', 'Node.js 21.7.0, npm 11.6.2, '],
])('Node.js %s is %s', (version, state, found) => {
  expect(nodeFinding(version, 'npm 11.6.2')).toMatchObject({ state, found: expect.stringContaining(found) });
});

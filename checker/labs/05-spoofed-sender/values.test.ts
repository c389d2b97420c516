import { expect, test } from 'vitest';
import { encoded } from './values.ts';

test('encodes a name as handlers with these words decode it', () => {
  expect(encoded('grace', ['message', 'base64', 'base64url', 'atob', 'hex', 'decodeURIComponent'])).toEqual([
    'Z3JhY2U=',
    'Z3JhY2U',
    '6772616365',
    '%67%72%61%63%65',
  ]);
});

test('encodes nothing if handlers decode nothing', () => {
  expect(encoded('grace', ['message', 'constructor', 'from'])).toEqual([]);
});

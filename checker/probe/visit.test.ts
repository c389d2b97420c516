import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Subject } from '../checking/check.ts';
import { doorClaims } from './door-claims.ts';
import { namesInUse } from './notes.ts';
import { visit } from './visit.ts';

test('notes the names that it made up, and no word that it found in a handler', async () => {
  const root = await mkdtemp(join(tmpdir(), 'visit-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const subject = {
    root,
    lab: 'gameday',
    target: {
      kind: 'practice',
      title: 'the practice account',
      clients: { dynamodb: async () => ({}), logs: async () => ({}) },
      patience: 1_000,
    },
    signal: new AbortController().signal,
    afterwards: () => {},
    ended: new AbortController().signal,
    once: async () => {},
  } as unknown as Subject;
  const madeUp = doorClaims({ query: ['alias'], headers: ['x-alias'], cookies: ['user'] });
  const ofAClient = { query: { channel: 'general' }, headers: { 'User-Agent': 'general', Origin: 'general' } };
  // Nobody answers there: names are noted before anybody connects.
  for (const claims of [madeUp, ofAClient]) {
    const joining = visit(subject, 'ws://127.0.0.1:1', ({ join: enter }) =>
      enter('Radia', { token: 'a token', username: 'radia.quail', claims, isBrowser: false }),
    );
    await expect(joining).rejects.toThrow();
  }
  const names = await namesInUse(subject, 'visits');
  const claimed = [madeUp.query.alias, madeUp.headers['x-alias'], madeUp.cookies?.user];
  expect(names).toEqual(new Set(['radia.quail', ...claimed]));
});

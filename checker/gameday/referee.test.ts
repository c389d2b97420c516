import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Verdict } from '../checking/result.ts';
import { gameOf } from './game.ts';
import { addToRecord, readRecord } from './record.ts';
import { Referee } from './referee.ts';

const verdict = (status: 'passed' | 'failed' | 'blocked') =>
  ({ checks: [{ id: 'every-page-is-read', status }] }) as unknown as Verdict;

test('looks again at a check that passed before it was blocked: its failure would cost points', async () => {
  const root = await mkdtemp(join(tmpdir(), 'referee-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  await addToRecord(root, { kind: 'planned', format: 1, seed: 7, minutes: 60, complaints: [] });
  const game = gameOf(await readRecord(root));
  if (game === undefined) throw new Error('There is no game.');
  const referee = new Referee({ root, print: () => {}, onEnd: () => {} }, game);
  expect(await referee.doubts(verdict('failed'))).toBe(false);
  for (const status of ['passed', 'blocked'] as const)
    await addToRecord(root, { kind: 'looked', checks: { 'every-page-is-read': status } });
  expect(await referee.doubts(verdict('failed'))).toBe(true);
  expect(await referee.doubts(verdict('blocked'))).toBe(false);
});

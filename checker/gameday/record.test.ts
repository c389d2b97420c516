import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addToRecord, plantedIn, readRecord, recordIn } from './record.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'game-record-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const complaints = [
  { about: 'missing-route', isOurs: true, due: 0 },
  { about: 'caps-lock', isOurs: false, due: 1000 },
];

test('a workshop without a game has an empty record', async () => {
  expect(await readRecord(root)).toEqual([]);
});

test('what happened is read back in order, with its time', async () => {
  const at = new Date('2026-11-28T10:00:00.000Z');
  await addToRecord(root, { kind: 'planned', format: 1, seed: 7, minutes: 60, complaints }, at);
  await addToRecord(root, { kind: 'complained', complaint: 1 }, at);
  const record = await readRecord(root);
  expect(record).toEqual([
    { kind: 'planned', at: at.toISOString(), format: 1, seed: 7, minutes: 60, complaints },
    { kind: 'complained', at: at.toISOString(), complaint: 1 },
  ]);
  expect(plantedIn(record)).toEqual(['missing-route']);
});

test('a line that a killed process left incomplete is ignored, and spoils no later one', async () => {
  await addToRecord(root, { kind: 'complained', complaint: 1 });
  await appendFile(recordIn(root), '{"kind":"answered","at":"2026-11-28T10:');
  expect(await readRecord(root)).toHaveLength(1);
  await addToRecord(root, { kind: 'complained', complaint: 2 });
  expect((await readRecord(root)).map((event) => 'complaint' in event && event.complaint)).toEqual([1, 2]);
  expect(await readFile(recordIn(root), 'utf8')).toMatch(/\n$/);
});

test('lines of several writers at the same time stay whole', async () => {
  await Promise.all(Array.from({ length: 20 }, (_, index) => addToRecord(root, { kind: 'hinted', complaint: index })));
  const numbers = (await readRecord(root)).flatMap((event) => (event.kind === 'hinted' ? event.complaint : []));
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index));
});

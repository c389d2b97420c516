import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LabError } from '../failures/errors.ts';
import { labVersion } from './lab-version.ts';
import { noteFixed, readProgress, standingOf, updateProgress } from './progress.ts';
import { workshopRoot } from './root.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'progress-'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

test('starts empty', async () => {
  expect(await readProgress(root)).toEqual({ format: 1, labs: {} });
});

test('the first time that a lab was fixed counts', async () => {
  await noteFixed(root, '01', new Date('2026-01-01T00:00:00Z'));
  await noteFixed(root, '01', new Date('2026-02-02T00:00:00Z'));
  expect((await readProgress(root)).labs).toEqual({ '01': { fixedAt: '2026-01-01T00:00:00.000Z' } });
});

test('concurrent changes are all kept', async () => {
  const once = () => updateProgress(root, '01', ({ hints }) => ({ hints: { a: (hints?.a ?? 0) + 1 } }));
  await Promise.all(Array.from({ length: 20 }, once));
  expect((await readProgress(root)).labs['01']).toEqual({ hints: { a: 20 } });
});

test.each([
  ['damaged', '{"format":1,'],
  ['damaged', '[]'],
  ['damaged', '{"format":1,"labs":[]}'],
  ['damaged', '{"format":1,"labs":{"01":null}}'],
  ['damaged', '{"format":1,"labs":{"01":{"fixedAt":7}}}'],
  ['damaged', '{"format":1,"labs":{"01":{"hints":{"route":"two"}}}}'],
  ['another version', '{"format":2,"labs":{}}'],
])('reports progress that is %s, and leaves it as it is', async (words, text) => {
  await mkdir(join(root, '.lab'));
  await writeFile(join(root, '.lab', 'progress.json'), text);
  await expect(readProgress(root)).rejects.toThrow(words);
  await expect(noteFixed(root, '01')).rejects.toThrow(LabError);
  expect(await readFile(join(root, '.lab', 'progress.json'), 'utf8')).toBe(text);
});

test('a lab that changed since it was fixed says so, and a lab that is not deployed was fixed', async () => {
  const id = '01-missing-route';
  await cp(join(workshopRoot(), 'solutions', id), join(root, 'solutions', id), { recursive: true });
  const version = await labVersion(root, id);
  const fixedAt = '2026-01-01T00:00:00.000Z';
  expect(await standingOf(root, id)).toBe('to do');
  expect(await standingOf(root, id, { fixedAt })).toBe('was fixed');
  expect(await standingOf(root, id, { fixedAt, fixedLab: version ?? '' })).toBe('was fixed');
  await writeFile(join(root, 'solutions', id, 'cdk.json'), '{}');
  expect(await standingOf(root, id, { fixedAt, fixedLab: version ?? '' })).toBe('lab changed');
});

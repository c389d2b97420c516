import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { workshopRoot } from '../workshop/root.ts';
import { changedFiles } from './game-files.ts';
import { readRecord } from './record.ts';
import { startOrResume } from './start-game.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'start-game-'));
  for (const path of ['solutions', 'app/functions', 'checker/gameday/faults', 'tsconfig.json'])
    await cp(join(workshopRoot(), path), join(root, path), { recursive: true });
});
afterEach(() => rm(root, { recursive: true, force: true }));

test('a resumed game restores missing files, and keeps edited ones', async () => {
  await startOrResume(root, { seed: 7, faults: 6 });
  const stack = join(root, 'gameday', 'labs', 'gameday', 'stack.ts');
  const handler = join(root, 'gameday', 'app', 'functions', 'connect.ts');
  const planted = await readFile(stack, 'utf8');
  await rm(stack);
  await writeFile(handler, '// edited');
  // Somebody edits the workshop's own handler instead of the game's.
  for (const name of ['connect.ts', 'channels/authorizer.ts'])
    await writeFile(join(root, 'app', 'functions', name), '// edited');
  await rm(join(root, 'gameday', 'tsconfig.json'));
  const restored = ['gameday/labs/gameday/stack.ts', 'gameday/tsconfig.json'];
  expect(await startOrResume(root, {})).toMatchObject({ isNew: false, restored });
  expect(await readFile(stack, 'utf8')).toBe(planted);
  expect(await readFile(handler, 'utf8')).toBe('// edited');
  expect(Object.keys(await changedFiles(root, await readRecord(root)))).toEqual(['app/functions/connect.ts']);
});

test('another game is rejected while one is running', async () => {
  await startOrResume(root, { seed: 7, faults: 1, minutes: 1 });
  await expect(startOrResume(root, { seed: 8 })).rejects.toThrow('A game day is running: seed 7, 1 fault, 1 minute.');
});

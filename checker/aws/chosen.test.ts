import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chosenTarget } from './chosen.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'chosen-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

test('the default is the practice account', async () => {
  expect(await chosenTarget(root)).toEqual({ kind: 'practice' });
});

test('an unreadable choice is not guessed', async () => {
  await mkdir(join(root, '.lab', 'target.json'), { recursive: true });
  await expect(chosenTarget(root)).rejects.toThrow('is invalid');
});

test.each(['', '[]', 'null', '{"kind":"aws"}', '{"kind":"mars"}'])('nor is one that says nothing: %s', async (text) => {
  await mkdir(join(root, '.lab'));
  await writeFile(join(root, '.lab', 'target.json'), text);
  await expect(chosenTarget(root)).rejects.toThrow('is invalid');
});

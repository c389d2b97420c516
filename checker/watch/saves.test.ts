import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { whyPolling } from './file-events.ts';
import { watchSaves } from './saves.ts';

let root: string;
let folder: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'saves-'));
  folder = join(root, 'labs', '01-x');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'stack.ts'), 'one');
});
afterEach(() => rm(root, { recursive: true, force: true }));

test.each([false, true])('a save is found, by looking: %s', { timeout: 60_000 }, async (polling) => {
  const saved: string[] = [];
  const errors: unknown[] = [];
  const onError = (error: unknown) => void errors.push(error);
  const saves = await watchSaves(folder, { polling, onSave: () => void saved.push('save'), onError });
  try {
    // What editors leave beside a file is no save.
    await writeFile(join(folder, '.stack.ts.swp'), 'one');
    await writeFile(join(folder, 'stack.ts'), 'another one');
    await expect.poll(() => saved.length, { timeout: 30_000 }).toBeGreaterThan(0);
    expect(errors).toEqual([]);
  } finally {
    await saves.close();
  }
});

test('the probe for events leaves nothing behind', async () => {
  const why = await whyPolling(folder, join(root, '.lab'));
  expect(why === undefined || why.length > 0).toBe(true);
  expect(await readdir(join(root, '.lab')).catch(() => [])).toEqual([]);
  expect(existsSync(join(root, '.lab'))).toBe(false);
  await mkdir(join(root, '.lab', 'kept'), { recursive: true });
  await whyPolling(folder, join(root, '.lab'));
  expect(await readdir(join(root, '.lab'))).toEqual(['kept']);
});

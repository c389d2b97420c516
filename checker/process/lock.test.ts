import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Holder, takeAwayLeft, thisProcess, tryLock } from './lock.ts';

let root: string;
const path = () => join(root, 'lock');
const { pid: gone } = spawnSync(process.execPath, ['--version']);
const named = (text: string): Holder => ({ text, isLeft: (other) => other === 'left' });

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'lock-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

test('one process holds it until it is released', async () => {
  expect(await tryLock(path(), named('one'))).toBe('ours');
  expect(await tryLock(path(), named('other'))).toEqual({ heldBy: 'one' });
  await rm(path());
  expect(await tryLock(path(), named('other'))).toBe('ours');
});

test('if two find it abandoned at once, one takes it over, and the slower one does not take it from the faster', async () => {
  await writeFile(path(), 'left');
  let quicker: Promise<unknown> | undefined;
  const slower: Holder = {
    text: 'slower',
    async isLeft(text) {
      // Has read the leftovers, and continues only when another process holds the lock.
      quicker ??= tryLock(path(), named('quicker'));
      await quicker;
      return text === 'left';
    },
  };
  expect(await tryLock(path(), slower)).not.toBe('ours');
  expect(await quicker).toBe('ours');
  expect(await readFile(path(), 'utf8')).toBe('quicker');
  expect(await tryLock(path(), slower)).toEqual({ heldBy: 'quicker' });
});

test('many at once run as one', async () => {
  await writeFile(path(), 'left');
  const attempts = await Promise.all(Array.from({ length: 20 }, (_, index) => tryLock(path(), named(String(index)))));
  expect(attempts.filter((attempt) => attempt === 'ours').length).toBeLessThanOrEqual(1);
  expect(await tryLock(path(), named('last'))).toEqual(
    attempts.includes('ours') ? { heldBy: String(attempts.indexOf('ours')) } : 'ours',
  );
});

test('a process that ended while taking over a lock blocks nobody', async () => {
  await writeFile(path(), String(gone));
  await writeFile(`${path()}.left`, String(gone));
  expect(await tryLock(path(), thisProcess)).toBe('ours');
});

test('only leftovers are removed', async () => {
  await writeFile(path(), 'mine');
  await takeAwayLeft(path(), named(''));
  expect(await readFile(path(), 'utf8')).toBe('mine');
  await writeFile(path(), '');
  await takeAwayLeft(path(), named(''));
  expect(await readFile(path(), 'utf8')).toBe('');
});

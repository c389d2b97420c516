import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { becomeOnlyWatcher, watchNow } from './only-watcher.ts';

let root: string;
const lock = () => join(root, '.lab', 'watching');

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'only-watcher-'));
  await mkdir(join(root, '.lab'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

test('a second one is rejected, and learns who is watching', async () => {
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', 'checker/launch/lab.mjs'], {
    stdio: 'ignore',
  });
  try {
    await writeFile(lock(), JSON.stringify({ pid: other.pid, lab: '01-x' }));
    await expect(becomeOnlyWatcher(root, '02-x')).rejects.toMatchObject({
      exitCode: 3,
      message: `\`lab start\` is already watching this workshop: process ${other.pid}, now at 01-x.`,
      next: expect.stringContaining(
        process.platform === 'win32' ? `\`taskkill /F /PID ${other.pid}\`` : `\`kill ${other.pid}\` stops it.`,
      ),
    });
  } finally {
    other.kill('SIGKILL');
  }
});

test.each([
  [
    'by a process that is gone',
    () => JSON.stringify({ pid: spawnSync(process.execPath, ['--version']).pid, lab: '01-x' }),
  ],
  ['by a process whose id another program has now', () => JSON.stringify({ pid: process.ppid, lab: '01-x' })],
  ['half written', () => '{"pid'],
])('a lock left %s is taken over', async (_how, left) => {
  await writeFile(lock(), left());
  const leave = await becomeOnlyWatcher(root, '01-x');
  expect(existsSync(lock())).toBe(true);
  await leave();
  expect(existsSync(lock())).toBe(false);
});

test('the lab that is watched now is in the lock, and commands go on with it, but not with a game day', async () => {
  const leave = await becomeOnlyWatcher(root, '01-x');
  const last = () => readFile(join(root, '.lab', 'last-watched'), 'utf8');
  // It may still be rejected.
  await expect(last()).rejects.toThrow('ENOENT');
  for (const lab of ['02-x', 'gameday']) {
    await watchNow(root, lab);
    expect(JSON.parse(await readFile(lock(), 'utf8'))).toEqual({ pid: process.pid, lab });
    expect(await last()).toBe('02-x\n');
  }
  await leave();
});

import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { holdLock } from './hold-lock.ts';

let root: string;
const path = () => join(root, 'checking', '01-x');
const { signal } = new AbortController();
const take = (more: Partial<Parameters<typeof holdLock>[0]> = {}) =>
  holdLock({ path: path(), signal, onWait: () => {}, ...more });

/** Writes a lock as another living process would, which never touches it again. */
async function silentLock(host = hostname()): Promise<() => void> {
  const other = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  await (await take())();
  await writeFile(path(), `${other.pid} ${host} x`);
  return () => void other.kill('SIGKILL');
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'hold-lock-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

test('one waits for the other, and says for which process', async () => {
  const waitedFor: string[] = [];
  const release = await take();
  let isOver = false;
  const second = take({ onWait: (pid) => waitedFor.push(pid) }).then((releaseSecond) => {
    expect(isOver).toBe(true);
    return releaseSecond();
  });
  await expect.poll(() => waitedFor).toEqual([String(process.pid)]);
  isOver = true;
  await release();
  await second;
  expect(await readdir(join(root, 'checking'))).toEqual([]);
});

test('waiting ends when it is interrupted', async () => {
  const release = await take();
  const interruption = new AbortController();
  const waiting = take({ signal: interruption.signal });
  interruption.abort(new Error('stop'));
  await expect(waiting).rejects.toThrow('stop');
  await release();
});

test('a lock that an earlier process with our id left behind is taken at once', async () => {
  await (await take())();
  await writeFile(path(), `${process.pid} ${hostname()} of another container`);
  const waitedFor: string[] = [];
  await (await take({ onWait: (pid) => waitedFor.push(pid) }))();
  expect(waitedFor).toEqual([]);
});

test('a lock that nobody touches is taken after a while, and its old holder leaves the new one alone', async () => {
  const end = await silentLock();
  const waitedFor: string[] = [];
  const release = await take({ silence: 200, onWait: (pid) => waitedFor.push(pid) });
  expect(waitedFor).toHaveLength(1);
  await writeFile(path(), 'somebody else');
  await release();
  expect(await readFile(path(), 'utf8')).toBe('somebody else');
  end();
});

test("another host's process ids say nothing: only silence does", async () => {
  await (await take())();
  await writeFile(path(), '999999999 elsewhere x');
  const waitedFor: string[] = [];
  await (await take({ silence: 200, onWait: (pid) => waitedFor.push(pid) }))();
  expect(waitedFor).toEqual(['999999999']);
});

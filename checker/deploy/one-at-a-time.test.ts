import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { InterruptedDeploymentError } from '../failures/errors.ts';
import { oneAtATime } from './one-at-a-time.ts';

let root: string;
let said: string[];
const begin = <T>(work: () => Promise<T>, signal = new AbortController().signal) =>
  oneAtATime({ root, lab: '01-x', signal, say: (message) => said.push(message) }, work);

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'one-at-a-time-'));
  said = [];
});
afterEach(() => rm(root, { recursive: true, force: true }));

test('one waits for the other, and names it', async () => {
  const order: string[] = [];
  const second = await begin(async () => {
    const waiting = begin(async () => String(order.push('second')));
    await expect.poll(() => said).toEqual([`Waiting for process ${process.pid}, which is deploying 01-x …`]);
    order.push('first');
    return { waiting };
  });
  await second.waiting;
  expect(order).toEqual(['first', 'second']);
});

test('waiting ends when it is interrupted, and the other goes on', async () => {
  const interruption = new AbortController();
  await begin(async () => {
    const waiting = begin(async () => 'never', interruption.signal);
    interruption.abort();
    await expect(waiting).rejects.toThrow(InterruptedDeploymentError);
    return 'done';
  });
});

test('leftovers of a process that no longer exists are taken over', async () => {
  const lock = join(root, '.lab', 'deploying', '01-x');
  await mkdir(join(lock, '..'), { recursive: true });
  const { pid } = spawnSync(process.execPath, ['--version']);
  await writeFile(lock, String(pid));
  expect(await begin(async () => 'mine')).toBe('mine');
  await writeFile(lock, '');
  await utimes(lock, 1, 1);
  expect(await begin(async () => 'mine')).toBe('mine');
});

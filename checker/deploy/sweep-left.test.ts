import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sweepLeft } from './sweep-left.ts';

let root: string;
const inLab = (path: string) => join(root, '.lab', path);

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sweep-left-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

test('leftovers of processes that no longer exist are removed, and nothing else', async () => {
  const { pid: gone } = spawnSync(process.execPath, ['--version']);
  const left = [
    `probe.${gone}/file`,
    `out/01-x.${gone}/manifest.json`,
    `deployed/01-x.json.${randomUUID()}.${gone}`,
    `progress.json.${randomUUID()}.${gone}`,
    `work/01-x/demo-${gone}/stack.ts`,
  ];
  const stays = [
    'out/01-x/manifest.json',
    'out/01-x.log',
    `out/01-x.${process.pid}/manifest.json`,
    'deployed/01-x.json',
    'deploying/02-x',
    'work/01-x/proof/stack.ts',
    'kept/2026-11-23T22-41-38-123Z-01-x/kept.json',
    'progress.json',
    `progress.json.${randomUUID()}.${process.pid}`,
    // A copy that somebody made.
    `progress.json.${gone}`,
  ];
  for (const path of [...left, ...stays]) {
    await mkdir(dirname(inLab(path)), { recursive: true });
    await writeFile(inLab(path), String(process.pid));
  }
  const locks = ['deploying/01-x', 'checking/01-x'];
  for (const lock of locks) {
    await mkdir(dirname(inLab(lock)), { recursive: true });
    await writeFile(inLab(lock), `${gone} ${hostname()} x`);
  }
  await sweepLeft(root);
  expect([...left, ...locks].filter((path) => existsSync(inLab(path)))).toEqual([]);
  expect(stays.filter((path) => !existsSync(inLab(path)))).toEqual([]);
});

test('creates nothing if there are no leftovers', async () => {
  await sweepLeft(root);
  expect(existsSync(inLab(''))).toBe(false);
});

import { cp, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { labAtHand, noteWatched } from './lab-at-hand.ts';
import { labFiles } from './lab-files.ts';
import { labs } from './labs.ts';
import type { Progress } from './progress.ts';
import { workshopRoot } from './root.ts';
import { filesNow } from './sources.ts';

const [first, second, third] = ['01-missing-route', '02-lambda-permissions', '03-no-auth'];
let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'at-hand-'));
  await cp(join(workshopRoot(), 'solutions'), join(root, 'solutions'), { recursive: true });
  for (const lab of [first, second, third] as string[]) {
    for (const [path, text] of await labFiles(root, lab, 'start')) {
      await mkdir(join(root, 'labs', lab, path, '..'), { recursive: true });
      await writeFile(join(root, 'labs', lab, path), text);
    }
  }
});

afterEach(() => rm(root, { recursive: true, force: true }));

async function save(lab = '', at = '2026-01-01T00:00:00Z'): Promise<void> {
  const path = join(root, 'labs', lab, 'stack.ts');
  await writeFile(path, `// ${at}`);
  await utimes(path, new Date(at), new Date(at));
}

const atHand = async (progress: Progress['labs'] = {}) => {
  const found = await labAtHand(root, progress);
  return `${found?.lab.id}, ${found?.why}`;
};

test('is the first lab in a new workshop', async () => {
  expect(await atHand()).toBe(`${first}, first to do`);
});

test('is the lab whose folder the command is called in', async () => {
  await save(second);
  const folder = join(root, 'labs', third ?? '', 'functions');
  await mkdir(folder, { recursive: true });
  expect(await labAtHand(root, {}, folder)).toMatchObject({ lab: { id: third }, why: 'here' });
  expect(await labAtHand(root, {}, join(root, 'labs'))).toMatchObject({ lab: { id: second }, why: 'edited' });
});

test('is the lab that was edited last', async () => {
  await save(second, '2026-02-01T00:00:00Z');
  await save(third, '2026-01-01T00:00:00Z');
  expect(await atHand()).toBe(`${second}, edited`);
});

test('is the lab that was watched last, if none has been edited since', async () => {
  await save(second);
  await noteWatched(root, third ?? '');
  expect(await atHand()).toBe(`${third}, watched`);
  await save(first, '2099-01-01T00:00:00Z');
  expect(await atHand()).toBe(`${first}, edited`);
});

test('is the next one once that lab is fixed, until its files change', async () => {
  await save(first);
  const fixedFiles = filesNow(root, first ?? '') ?? '';
  const progress = { [first ?? '']: { fixedAt: '2026-01-01T00:00:00.000Z', fixedFiles } };
  expect(await atHand(progress)).toBe(`${second}, first to do`);
  await save(first, '2026-03-01T00:00:00Z');
  expect(await atHand(progress)).toBe(`${first}, edited`);
});

test('is the one after the last that was fixed, if earlier ones were skipped', async () => {
  const fixed = { fixedAt: '2026-01-01T00:00:00.000Z' };
  expect(await atHand({ [second ?? '']: fixed })).toBe(`${third}, first to do`);
  expect(await atHand({ [labs.at(-1)?.id ?? '']: fixed })).toBe(`${first}, first to do`);
});

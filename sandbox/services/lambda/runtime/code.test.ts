import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { CodeFolders } from './code.ts';

const count = 400;
const files = Object.fromEntries(Array.from({ length: count }, (_, index) => [`file-${index}.txt`, strToU8('text')]));
const blobs = { get: async () => Buffer.from(zipSync(files)) };
const few = { get: async () => Buffer.from(zipSync(Object.fromEntries(Object.entries(files).slice(0, 3)))) };
let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
  const made = root;
  onTestFinished(() => rm(made, { recursive: true, force: true }));
});

it('returns complete code while the sweep removes leftovers of it', async () => {
  await new CodeFolders(root, blobs).of('sha');
  const folders = new CodeFolders(root, blobs);
  const sweeping = folders.sweep(new Set());
  await gone(join(root, 'sha', 'file-0.txt'));
  const { folder } = await folders.of('sha');
  await sweeping;
  expect(await readdir(folder)).toHaveLength(count);
  expect((await readdir(root)).sort()).toEqual(['node_modules', 'package.json', 'sha']);
});

it('removes the leftovers of a crash, even of a crashed sweep, and nothing that is in use', async () => {
  for (const name of ['kept', 'old', 'old.gone', 'half.12-34']) {
    await mkdir(join(root, name));
    await writeFile(join(root, name, 'file.txt'), 'text');
  }
  await new CodeFolders(root, blobs).sweep(new Set(['kept']));
  expect(await readdir(root)).toEqual(['kept']);
});

it('tries again if the folder for the code could not be created', async () => {
  const folders = new CodeFolders(root, blobs);
  await writeFile(join(root, 'node_modules'), 'no folder');
  await expect(folders.of('sha')).rejects.toThrow('EEXIST');
  await rm(join(root, 'node_modules'));
  expect((await folders.of('sha')).folder).toBe(join(root, 'sha'));
});

it.each<[string, (folder: string) => Promise<void>]>([
  ['a changed file', (folder) => writeFile(join(folder, 'file-1.txt'), 'tex_')],
  ['a file that was cut off', (folder) => truncate(join(folder, 'file-1.txt'), 2)],
  ['a missing file', (folder) => rm(join(folder, 'file-1.txt'))],
  ['a file too many', (folder) => writeFile(join(folder, 'more.txt'), 'text')],
  ['no folder at all', (folder) => rm(folder, { recursive: true })],
])('unzips code again that has %s, found in this run and at the next start', async (_what, damage) => {
  const folders = new CodeFolders(root, few);
  for (const later of [folders, new CodeFolders(root, few)]) {
    const { folder } = await folders.of('sha');
    await damage(folder);
    expect(await later.of('sha')).toMatchObject({ folder });
    expect(await readFile(join(folder, 'file-1.txt'), 'utf8')).toBe('text');
    expect(await readdir(folder)).toHaveLength(3);
  }
  expect((await readdir(root)).sort()).toEqual(['node_modules', 'package.json', 'sha']);
});

it('leaves complete code alone', async () => {
  const folders = new CodeFolders(root, blobs);
  const { folder } = await folders.of('sha');
  const { ino } = await stat(folder);
  await Promise.all([folders.of('sha'), folders.of('sha'), new CodeFolders(root, blobs).of('sha')]);
  expect((await stat(folder)).ino).toBe(ino);
});

/** Resolves when there is nothing at a path. */
async function gone(path: string): Promise<void> {
  const deadline = Date.now() + 5000;
  while (await stat(path).catch(() => undefined)) {
    if (Date.now() > deadline) throw new Error(`${path} is still there.`);
  }
}

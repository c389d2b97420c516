import { chmod, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Blobs } from './blobs.ts';
import { DamagedStateError } from './damaged-state-error.ts';

const then = new Date('2026-01-01T00:00:00Z');
const longAfter = new Date('2026-01-02T00:00:00Z');
let folder: string;
let blobs: Blobs;
const put = async (text: string) => {
  const name = await blobs.put(Buffer.from(text));
  await utimes(blobs.path(name), then, then);
  return name;
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'blobs-'));
  blobs = await Blobs.open(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('removes blobs that no record names, and keeps a blob named anywhere in one', async () => {
  const [code, object] = [await put('code'), await put('object')];
  await put('nobody names this');
  await blobs.sweep([{ versions: [{ code }] }, { etag: `"${object}"` }, 7], longAfter);
  expect((await readdir(folder)).sort()).toEqual([code, object].sort());
});

test('removes a partial blob, and keeps a recent one, which may be about to be named', async () => {
  const name = await put('young');
  await writeFile(`${blobs.path(name)}.half`, 'yo');
  await utimes(`${blobs.path(name)}.half`, then, then);
  await utimes(blobs.path(name), longAfter, longAfter);
  await blobs.sweep([], longAfter);
  expect(await readdir(folder)).toEqual([name]);
});

test('damaged bytes are reported, and replaced when they are stored again', async () => {
  const name = await put('code');
  await writeFile(blobs.path(name), 'c0de');
  await expect(blobs.get(name)).rejects.toThrow(DamagedStateError);
  expect(await put('code')).toBe(name);
  expect((await blobs.get(name)).toString()).toBe('code');
});

test('reports an unwritable folder in one sentence, with what to do', async () => {
  await rm(folder, { recursive: true });
  await expect(put('code')).rejects.toMatchObject({
    code: 'InternalError',
    message: `The practice account can't write to ${folder}: ENOENT: no such file or directory. Create that folder again.`,
  });
});

test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('so is one that is read-only', async () => {
  await chmod(folder, 0o500);
  await expect(put('code')).rejects.toThrow('permission denied. Give yourself write permission there.');
  await chmod(folder, 0o700);
});

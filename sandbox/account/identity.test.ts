import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { ForeignFormatError, identityOf } from './identity.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
  const made = folder;
  onTestFinished(() => rm(made, { recursive: true }));
});

it('reports every changed character of a value', async () => {
  const identity = await identityOf(folder);
  const path = join(folder, 'identity.json');
  const text = await readFile(path, 'utf8');
  for (const member of ['accountId', 'accessKeyId', 'secretAccessKey', 'sealingKey', 'sum'] as const) {
    const value = identity[member] ?? '';
    for (const at of [0, value.length >> 1, value.length - 1]) {
      const changed = `${value.slice(0, at)}${value[at] === '1' ? '2' : '1'}${value.slice(at + 1)}`;
      await writeFile(path, text.replace(JSON.stringify(value), JSON.stringify(changed)));
      await expect(identityOf(folder), `${member} ${at}`).rejects.toThrow(ForeignFormatError);
    }
  }
  await writeFile(path, text);
  expect(await identityOf(folder)).toEqual(identity);
});

it.each([
  ['cut off', (text: string) => text.slice(0, 100)],
  ['empty', () => ''],
  ['no object', () => '7'],
  ['nothing', () => 'null'],
  ['without a member', (text: string) => text.replace(/.*"sealingKey".*\n/, '')],
  ['with a member renamed', (text: string) => text.replace('"sealingKey"', '"sealinhKey"')],
])('reports an identity that is %s', async (_what, damage) => {
  await identityOf(folder);
  const path = join(folder, 'identity.json');
  await writeFile(path, damage(await readFile(path, 'utf8')));
  await expect(identityOf(folder)).rejects.toThrow(ForeignFormatError);
});

it('keeps an identity from a version that wrote no checksum, and adds one', async () => {
  const { sum, ...earlier } = await identityOf(folder);
  await writeFile(join(folder, 'identity.json'), JSON.stringify(earlier));
  const both = await Promise.all([identityOf(folder), identityOf(folder)]);
  expect(both).toEqual([
    { ...earlier, sum },
    { ...earlier, sum },
  ]);
  expect(JSON.parse(await readFile(join(folder, 'identity.json'), 'utf8'))).toEqual({ ...earlier, sum });
  expect(await readdir(folder)).toEqual(['identity.json']);
});

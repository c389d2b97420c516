import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { labs } from '../../checker/workshop/labs.ts';
import { inputsOf, MADE, MANIFEST, picturesOf } from '../make-pictures/inputs.ts';
import { root } from './pages.ts';

const manifest: Readonly<Record<string, string>> = JSON.parse(await readFile(join(root, MANIFEST), 'utf8'));

/** The labs whose pages have pictures. */
const shown: string[] = [];
for (const { id } of labs) {
  const page = await readFile(join(root, 'docs', 'labs', `${id}.md`), 'utf8');
  if (page.includes(`${basename(MADE)}/${id}-`)) shown.push(id);
}

test.each(shown)('the page of %s shows all of its pictures', async (id) => {
  const page = await readFile(join(root, 'docs', 'labs', `${id}.md`), 'utf8');
  expect(picturesOf(id).filter((name) => !page.includes(`${basename(MADE)}/${name}`))).toEqual([]);
});

test.each(shown)('the pictures of %s show it as it is; else run `npm run docs:pictures`', async (id) => {
  expect(picturesOf(id).filter((name) => !existsSync(join(root, MADE, name)))).toEqual([]);
  expect(manifest[id]).toBe(await inputsOf(id));
});

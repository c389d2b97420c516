import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { labs } from '../../checker/workshop/labs.ts';
import { allPages, root } from '../test/pages.ts';
import { written } from './written.ts';

// `npm run docs:write`: writes the parts of the pages that have their source elsewhere, and prints which pages it
// changed.

const pages = await allPages();
for (const page of pages) {
  const text = written(page, pages, labs);
  if (text === page.text) continue;
  await writeFile(join(root, page.path), text);
  process.stdout.write(`${page.path} is written.\n`);
}

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { labs } from '../../checker/workshop/labs.ts';
import { allPages, root } from '../test/pages.ts';
import { withLabs } from './labs.ts';
import { withNumbers } from './scale.ts';

// `npm run docs:write`: writes the parts of the pages that come from the labs, and the numbers about cost and scale. Prints
// which pages it changed.

for (const { path, text } of await allPages()) {
  const written = withNumbers(path, withLabs(path, text, labs));
  if (written === text) continue;
  await writeFile(join(root, path), written);
  process.stdout.write(`${path} is written.\n`);
}

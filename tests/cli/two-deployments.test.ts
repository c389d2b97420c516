import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { layOutWorkshop } from './workshop.ts';

it('two deployments that reach one account at once both deploy', { timeout: 180_000 }, async () => {
  const workshop = await layOutWorkshop();
  onTestFinished(() => workshop.remove());
  const stack = join(workshop.root, 'labs', '01-missing-route', 'stack.ts');
  await workshop.lab('sandbox', 'start', '--port', '0');
  expect(await workshop.lab('deploy', '01')).toMatchObject({ code: 0 });
  await writeFile(stack, `${await readFile(stack, 'utf8')}\nnew LogGroup(stack, 'More');\n`);
  const ended = await Promise.all([workshop.lab('deploy', '01'), workshop.lab('deploy', '01')]);
  expect(ended.map(({ code }) => code)).toEqual([0, 0]);
  expect(ended.map(({ stderr }) => stderr).join('')).toMatch(/Waiting for process \d+, which is deploying 01/);
});

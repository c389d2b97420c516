import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { labs } from '../../checker/workshop/labs.ts';
import { launchChromium } from '../../tests/browser/chromium.ts';
import { root } from '../test/pages.ts';
import { installedWorkshop } from '../test/workshop-copy.ts';
import { conversation } from './chat.ts';
import { type Scheme, writeChats, writeHero } from './compose.ts';
import { inputsOf, MADE, MANIFEST, picturesOf } from './inputs.ts';
import { Lab } from './lab.ts';

// `npm run docs:pictures`: takes the pictures of the docs, in a copy of the workshop with its own practice account. For each
// lab that is the chat page with its fault and repaired, and for the front page lab 1 with what the checker prints.
// `npm run docs:pictures -- 01 03` takes those of two labs.

const named = process.argv.slice(2);
const wanted = labs.filter(({ id }) => named.length === 0 || named.some((name) => id.startsWith(name)));
const schemes: readonly Scheme[] = ['light', 'dark'];

const browser = await launchChromium();
const copy = await installedWorkshop();
const lab = new Lab(copy.folder);
try {
  await mkdir(join(root, MADE), { recursive: true });
  // One link for all packages: a confined function can't follow one link for each.
  await rm(join(copy.folder, 'node_modules'), { recursive: true });
  await symlink(join(root, 'node_modules'), join(copy.folder, 'node_modules'), 'junction');
  const inputs: Record<string, string> = JSON.parse(await readFile(join(root, MANIFEST), 'utf8').catch(() => '{}'));
  await lab.run('sandbox', 'start', '--port', '0');
  for (const { id } of wanted) {
    await picture(browser, id, 'broken');
    await lab.run('reset', id, '--to', 'solution');
    await picture(browser, id, 'repaired');
    inputs[id] = await inputsOf(id);
    process.stdout.write(`${picturesOf(id).join(', ')} are written.\n`);
  }
  const sorted = Object.fromEntries(Object.entries(inputs).sort());
  await writeFile(join(root, MANIFEST), `${JSON.stringify(sorted, null, 2)}\n`);
} finally {
  await browser.close();
  await copy.remove();
}

async function picture(browser: Browser, id: string, state: 'broken' | 'repaired'): Promise<void> {
  await lab.run('deploy', id);
  const isFront = id === labs[0]?.id && state === 'broken';
  const report = isFront ? await lab.run('check', id) : '';
  const page = await lab.open(id);
  try {
    const chats = await conversation(browser, page.url);
    for (const scheme of schemes)
      await writeChats(browser, chats, scheme, join(root, MADE, `${id}-${state}-${scheme}.png`));
    const lines = report.split('\n');
    const printed = [
      '$ npx lab check',
      ...lines.slice(0, lines.findIndex((line) => line.includes('look at')) + 1),
    ].join('\n');
    if (isFront)
      for (const scheme of schemes)
        await writeHero(
          browser,
          chats[0],
          printed,
          scheme,
          join(root, 'docs/public', `room-and-terminal-${scheme}.png`),
        );
    for (const chat of chats) await chat.context().close();
  } finally {
    await page.close();
  }
}

import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page as Tab } from 'playwright-core';
import { labs } from '../../checker/workshop/labs.ts';
import { shortName } from '../../checker/workshop/short-name.ts';
import { launchChromium } from '../../tests/browser/chromium.ts';
import { root } from '../test/pages.ts';
import { installedWorkshop } from '../test/workshop-copy.ts';
import { conversation, endConversation } from './chat.ts';
import { writeChats, writeHero } from './compose.ts';
import { chatsOf, inputsOf, MADE, MANIFEST, picturesOf, reportOf } from './inputs.ts';
import { Lab } from './lab.ts';
import { terminalSvg } from './terminal-svg.ts';

// `npm run docs:pictures`: takes the pictures of the docs, in a copy of the workshop with its own practice account. For
// each lab that is the chat page with its fault and repaired, and the checker's report; for the front page, lab 1 with
// its report. `npm run docs:pictures -- 01 03` takes those of two labs.

const named = process.argv.slice(2);
const wanted = labs.filter(({ id }) => named.length === 0 || named.some((name) => id.startsWith(name)));

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
    const sorted = Object.fromEntries(Object.entries(inputs).sort());
    await writeFile(join(root, MANIFEST), `${JSON.stringify(sorted, null, 2)}\n`);
    process.stdout.write(`${picturesOf(id).join(', ')} are written.\n`);
  }
} finally {
  await browser.close();
  await copy.remove();
}

async function picture(browser: Browser, id: string, state: 'broken' | 'repaired'): Promise<void> {
  await lab.run('deploy', id);
  const isFront = id === labs[0]?.id && state === 'broken';
  const report = state === 'broken' ? await lab.report(id) : '';
  if (state === 'broken') {
    const label = `What the checker reports about lab ${shortName(id)} at its start`;
    await writeFile(join(root, MADE, reportOf(id)), terminalSvg(`$ npx lab check ${shortName(id)}\n${report}`, label));
  }
  const page = await lab.open(id);
  try {
    const chats = await conversation(browser, page.url);
    for (const { scheme, name } of chatsOf(id).filter((chat) => chat.state === state))
      await writeChats(browser, chats, scheme, join(root, MADE, name));
    if (isFront) await hero(browser, chats[0], report);
    await endConversation(chats);
  } finally {
    await page.close();
  }
}

async function hero(browser: Browser, chat: Tab, report: string): Promise<void> {
  const lines = report.split('\n');
  const top = lines.slice(0, lines.findIndex((line) => line.includes('look at')) + 1);
  for (const scheme of ['light', 'dark'] as const) {
    const file = join(root, 'docs/public', `room-and-terminal-${scheme}.webp`);
    await writeHero(browser, chat, ['$ npx lab check', ...top].join('\n'), scheme, file);
  }
}

import { writeFile } from 'node:fs/promises';
import type { Browser, Page as Tab } from 'playwright-core';
import { terminalHtml } from './terminal-html.ts';

/** Of WebP, from 0 to 1: below this, letters get blurred edges. */
const QUALITY = 0.85;

export type Scheme = 'light' | 'dark';

const STYLE = `
  body { margin: 0; padding: 8px; font: 13px/1.5 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
  .row { display: flex; gap: 12px; }
  .column { display: grid; gap: 12px; }
  figure { margin: 0; border-radius: 10px; overflow: hidden; border: 1px solid var(--line); background: var(--back); }
  figcaption { padding: 4px 12px; color: var(--quiet); font: 13px system-ui, "DejaVu Sans", sans-serif; }
  img { display: block; }
  pre { margin: 0; padding: 12px 14px; color: var(--ink); font: inherit; font-size: 12px; }
  .light { --back: #f5f3fa; --line: #cfc9e0; --ink: #231d35; --quiet: #625a7a; --red: #a3172f; --green: #17693a; --yellow: #7a5200; --cyan: #0b5f77; }
  .dark { --back: #1c1828; --line: #4a4363; --ink: #efecf8; --quiet: #b5adcb; --red: #ff9cab; --green: #7ee2a0; --yellow: #f0c060; --cyan: #7fd4ea; }
`;

/** Writes a picture of two people's pages beside each other. */
export async function writeChats(browser: Browser, chats: readonly Tab[], scheme: Scheme, file: string): Promise<void> {
  const figures: string[] = [];
  for (const [index, chat] of chats.entries())
    figures.push(figure(await imageOf(chat, scheme, 380), ['Ada', 'Grace'][index]));
  await write(browser, `<div id="all" class="row ${scheme}" style="width: 772px">${figures.join('')}</div>`, file);
}

/** Writes the front page's picture: what somebody sees in the room, and what the checker prints about it. */
export async function writeHero(
  browser: Browser,
  chat: Tab,
  printed: string,
  scheme: Scheme,
  file: string,
): Promise<void> {
  await chat.setViewportSize({ width: 620, height: 380 });
  const page = figure(await imageOf(chat, scheme, 620));
  const terminal = `<figure><pre>${terminalHtml(printed)}</pre></figure>`;
  await write(browser, `<div id="all" class="column ${scheme}" style="width: 622px">${page}${terminal}</div>`, file);
}

async function imageOf(tab: Tab, scheme: Scheme, width: number): Promise<string> {
  await tab.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  const png = await tab.screenshot({ animations: 'disabled', caret: 'hide' });
  return `<img width="${width}" alt="" src="data:image/png;base64,${png.toString('base64')}">`;
}

function figure(image: string, caption?: string): string {
  return `<figure>${caption === undefined ? '' : `<figcaption>${caption}</figcaption>`}${image}</figure>`;
}

async function write(browser: Browser, html: string, file: string): Promise<void> {
  const context = await browser.newContext({ deviceScaleFactor: 1.5, viewport: { width: 820, height: 900 } });
  const tab = await context.newPage();
  await tab.setContent(`<style>${STYLE}</style>${html}`);
  const png = await tab.locator('#all').screenshot({ omitBackground: true });
  await writeFile(file, await smaller(tab, png));
  await context.close();
}

/** Returns a picture as WebP, which takes a third of what it takes as PNG. The browser that took it can convert it. */
async function smaller(tab: Tab, png: Buffer): Promise<Buffer> {
  const address = await tab.evaluate<string>(`(async () => {
    const image = new Image();
    image.src = 'data:image/png;base64,${png.toString('base64')}';
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.width, image.height];
    canvas.getContext('2d').drawImage(image, 0, 0);
    return canvas.toDataURL('image/webp', ${QUALITY});
  })()`);
  return Buffer.from(address.replace(/^[^,]*,/, ''), 'base64');
}

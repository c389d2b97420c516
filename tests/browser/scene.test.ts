import { expect, test } from 'vitest';
import { servePage } from '../../checker/page/serve.ts';
import { violations } from './accessibility.ts';
import { describeInBrowser } from './describe-browser.ts';
import { testPage } from './practice-room.ts';
import { visit } from './visitor.ts';
import { webFolder } from './web-folder.ts';

describeInBrowser('the scene of a lab, on the chat page', async (browser) => {
  let ended: Promise<void>;
  const { room, page } = await testPage({
    lab: '05-spoofed-sender',
    async scene(tell, signal) {
      tell('Ada sends a message that has Grace’s name in it.');
      ended = new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
      tell('She never <b>wrote</b> it.');
      await ended;
    },
  });

  test('shows its lines one after another, until the reader ends it', async () => {
    const tab = await visit(browser, page.url);
    await tab.getByRole('button', { name: 'Show the problem' }).click();
    await tab.getByText('She never <b>wrote</b> it.').waitFor();
    expect(await violations(tab)).toEqual([]);
    await tab.getByRole('button', { name: 'End the scene' }).click();
    await ended;
    await tab.getByText('She never').waitFor({ state: 'hidden' });
  });

  test('ends when the tab is closed', async () => {
    const tab = await visit(browser, page.url);
    await tab.getByRole('button', { name: 'Show the problem' }).click();
    await tab.getByText('She never').waitFor();
    await tab.close();
    await ended;
  });

  test('can only be started by its own page', async () => {
    const path = new URL('scene', page.url);
    for (const from of ['cross-site', 'same-site', undefined]) {
      const headers: Array<[string, string]> = from === undefined ? [] : [['Sec-Fetch-Site', from]];
      expect((await fetch(path, { method: 'POST', headers })).status).toBe(403);
    }
  });

  test('is not offered if the lab has no scene', async () => {
    const without = await servePage({ root: webFolder, room: room.address, lab: '90-mine' });
    const tab = await visit(browser, without.url);
    await tab.getByText('90-mine').waitFor();
    expect(await tab.getByRole('button', { name: 'Show the problem' }).isVisible()).toBe(false);
    expect((await fetch(new URL('scene', without.url), { method: 'POST' })).status).toBe(405);
    await without.close();
  });
});

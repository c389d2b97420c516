import type { Page as Tab } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Page, servePage } from '../../checker/page/serve.ts';
import { describeInBrowser } from './describe-browser.ts';
import { type LossyNetwork, openLossyNetwork } from './lossy-network.ts';
import { openPracticeRoom, type PracticeRoom } from './practice-room.ts';
import { connected, join, log, say } from './visitor.ts';
import { webFolder } from './web-folder.ts';

// The page promises 10 seconds; the rest is for a busy machine.
const promised = { timeout: 20_000 };

describeInBrowser('a socket that is dead but looks open', (browser) => {
  let room: PracticeRoom;
  let network: LossyNetwork;
  let page: Page;

  beforeEach(async () => {
    room = await openPracticeRoom();
    network = await openLossyNetwork(room.address);
    page = await servePage({ root: webFolder, room: network.address, lab: '01-missing-route' });
  });

  afterEach(async () => {
    await page.close();
    await network.close();
    await room.close();
  });

  /** The page joins, and knows that the room's host answers. */
  async function joined(): Promise<Tab> {
    const tab = await join(browser, page.url, 'Ada');
    await tab.waitForResponse((response) => response.url().endsWith('/reachable.json'));
    return tab;
  }

  test('is noticed although nobody sends anything, and the page reconnects when the network is back', async () => {
    const tab = await joined();
    const again = tab.waitForEvent('websocket');
    network.lose('everything');
    await tab.getByText('The connection is lost.').waitFor(promised);
    // A handshake that the network swallows is given up, too.
    await again;
    network.mend();
    await log(tab).getByText('Reconnected.', { exact: false }).waitFor(promised);
    await say(tab, 'back again');
    await log(tab).getByText('back again').waitFor();
  });

  test('is noticed after a message if only that connection is lost, and the message can be sent again', async () => {
    const tab = await joined();
    network.lose('open connections');
    await say(tab, 'hello?');
    await log(tab).getByText('Reconnected.', { exact: false }).waitFor(promised);
    await log(tab).getByRole('button', { name: 'Send again' }).click();
    await expect.poll(() => log(tab).locator('.said').allTextContents()).toEqual(['hello?']);
    expect(await log(tab).getByText('Not delivered').count()).toBe(0);
  });

  test('is noticed when the browser has no network', async () => {
    const tab = await joined();
    await tab.context().setOffline(true);
    await tab.getByText('The connection is lost.').waitFor(promised);
    await tab.context().setOffline(false);
    await connected(tab);
  });

  test('is not mistaken for a silent room: the answer to the probe is hidden, and the connection stays', async () => {
    const tab = await joined();
    let frames: string[] = [];
    room.answerWith((frame) => {
      frames = [...frames, frame];
      const { action } = JSON.parse(frame) as { action: string };
      return action === 'sendmessage'
        ? undefined
        : JSON.stringify({ type: 'error', message: `I do not know the action "${action}".` });
    });
    await say(tab, 'hello?');
    await log(tab).getByText("The room hasn't answered yet.").waitFor(promised);
    expect(frames).toHaveLength(2);
    expect(await log(tab).textContent()).not.toContain("didn't work");
    expect(await tab.getByText('The connection is lost.').isVisible()).toBe(false);
    // Later errors are about messages.
    room.send('{"message": "Internal server error", "connectionId":"L0=", "requestId":"R1="}');
    await log(tab).getByText('Something failed in the room').waitFor();
  });

  test('an idle page sends no message', async () => {
    const frames: string[] = [];
    room.answerWith((frame) => {
      frames.push(frame);
      return undefined;
    });
    const tab = await joined();
    for (let look = 1; look <= 3; look++)
      await tab.waitForResponse((response) => response.url().endsWith('/reachable.json'));
    expect(frames).toEqual([]);
  });
});

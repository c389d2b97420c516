import type { Page as Tab } from 'playwright-core';
import { expect, test } from 'vitest';
import { violations } from './accessibility.ts';
import { describeInBrowser } from './describe-browser.ts';
import { testPage } from './practice-room.ts';
import { join, log, say, visit } from './visitor.ts';

/** A screen of 1280 by 1024 pixels, zoomed to 400 % (https://www.w3.org/WAI/WCAG22/Understanding/reflow). */
const zoomed = { viewport: { width: 320, height: 256 } };

describeInBrowser('the chat page on other screens', async (browser) => {
  const { room, page } = await testPage({ lab: '02-lambda-permissions', scene: async () => {} });

  test('at 400 % zoom, everything fits side by side, and most of the screen shows messages', async () => {
    const tab = await join(browser, page.url, 'Ada', zoomed);
    for (let line = 1; line <= 10; line++) await say(tab, `line ${line}`);
    await log(tab).getByText('line 10').waitFor();
    expect(await overflow(tab)).toBeLessThanOrEqual(0);
    expect((await tab.locator('#scroll').boundingBox())?.height).toBeGreaterThan(256 / 2);
    for (const control of ['#status', '#leave', '#scene', '#text', '#send'])
      expect(await isWithin(tab, control), control).toBe(true);
    expect(await tab.locator('#your-name').isVisible()).toBe(true);
    expect(await violations(tab)).toEqual([]);
  });

  test('at 400 % zoom, a text that is too long says so, and a lost connection leaves room to read', async () => {
    const tab = await join(browser, page.url, 'Ada', zoomed);
    await tab.getByLabel('Your message').fill('é'.repeat(3000));
    await tab.getByText('Too long by', { exact: false }).waitFor();
    for (const control of ['#text', '#send', '#say-hint']) expect(await isWithin(tab, control), control).toBe(true);
    await tab.getByLabel('Your message').fill('');
    await tab.evaluate(`
      document.getElementById('lost').hidden = false;
      document.getElementById('lost-when').textContent = 'Trying again in 15 s.'`);
    expect(await isWithin(tab, '#retry')).toBe(true);
    expect((await tab.locator('#scroll').boundingBox())?.height).toBeGreaterThan(40);
    expect(await overflow(tab)).toBeLessThanOrEqual(0);
  });

  test.each([320, 360, 380, 440, 500, 640, 700])(
    'at %d pixels, nothing in the bar covers anything else',
    async (width) => {
      const tab = await join(browser, page.url, 'Ada Lovelace', { viewport: { width, height: 640 } });
      await tab.evaluate("document.getElementById('leave').textContent = 'Sign out'");
      for (const state of ['Connected', 'Connection lost']) {
        const edges = await tab.evaluate<number[]>(`(() => {
        document.getElementById('status-text').textContent = '${state}';
        const name = document.createRange();
        name.selectNodeContents(document.querySelector('h1'));
        const parts = [name, ...document.querySelectorAll('#status, #scene, #leave')];
        return parts.flatMap((part) => [part.getBoundingClientRect().left, part.getBoundingClientRect().right]);
      })()`);
        expect([0, ...edges, width]).toEqual([0, ...edges, width].sort((one, other) => one - other));
      }
    },
  );

  test('at 400 % zoom, the entrance scrolls, and the focused element is in view', async () => {
    const tab = await visit(browser, page.url, zoomed);
    expect(await overflow(tab)).toBeLessThanOrEqual(0);
    await tab.locator('#name:focus').waitFor();
    expect(await isWithin(tab, '#name')).toBe(true);
    await tab.keyboard.press('Tab');
    await tab.locator('button:focus').waitFor();
    expect(await isWithin(tab, 'button:focus')).toBe(true);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`in forced colors, every button has a border, ${colorScheme}`, async () => {
      const options = { forcedColors: 'active', colorScheme } as const;
      const door = await visit(browser, page.url, options);
      expect(await borderless(door)).toEqual([]);
      const tab = await join(browser, page.url, 'Ada', options);
      room.mute();
      await say(tab, 'hello');
      room.send('{"type":"error","message":"No."}');
      await log(tab).getByRole('button', { name: 'Send again' }).waitFor();
      expect(await borderless(tab)).toEqual([]);
      expect(await violations(tab)).toEqual([]);
      await tab.evaluate("for (const hidden of document.querySelectorAll('[hidden]')) hidden.hidden = false");
      expect(await borderless(tab)).toEqual([]);
    });
  }
});

/** How many pixels of the page are beyond the right edge of the screen. */
function overflow(tab: Tab): Promise<number> {
  return tab.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
}

function isWithin(tab: Tab, selector: string): Promise<boolean> {
  return tab.evaluate<boolean>(`(() => {
    const { top, left, bottom, right } = document.querySelector('${selector}').getBoundingClientRect();
    return top >= 0 && left >= 0 && bottom <= innerHeight + 0.5 && right <= innerWidth + 0.5 && bottom > top;
  })()`);
}

/** The buttons in sight that nothing sets off from the text around them. */
function borderless(tab: Tab): Promise<string[]> {
  return tab.evaluate<string[]>(`
    [...document.querySelectorAll('button')].filter((button) => {
      const { borderTopStyle, borderTopWidth, borderTopColor } = getComputedStyle(button);
      const isSeen = button.getClientRects().length > 0;
      return isSeen && (borderTopStyle === 'none' || parseFloat(borderTopWidth) < 1 || borderTopColor === 'rgba(0, 0, 0, 0)');
    }).map((button) => button.outerHTML)`);
}

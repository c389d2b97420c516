import type { Page as Tab } from 'playwright-core';
import { expect, test } from 'vitest';
import { violations } from './accessibility.ts';
import { describeInBrowser } from './describe-browser.ts';
import { testPage } from './practice-room.ts';
import { join, log, say } from './visitor.ts';

const arabicName = 'ليلى';
const arabicText = 'مرحبا بالجميع';

describeInBrowser('a conversation on the chat page', async (browser) => {
  const { room, page } = await testPage();
  let ids = 0;

  /** Grace says something, minutes before now. */
  function hear(text: string, { minutes = 0, from = 'Grace' } = {}): void {
    const at = new Date(Date.now() - minutes * 60_000).toISOString();
    ids += 1;
    room.send(JSON.stringify({ type: 'message', from, text, at, id: `heard-${ids}` }));
  }

  function said(tab: Tab): Promise<string[]> {
    return log(tab).locator('.said').allTextContents();
  }

  test('web addresses are links, and everything else stays text', async () => {
    const tab = await join(browser, page.url, 'Ada');
    hear(
      'See https://example.com/a_(b)?q=1&r=2#c, (http://example.org), javascript:alert(1) ftp://example.com ' +
        'https://bank.example@evil.example https:// <b>https://example.net/"onclick=x</b>',
    );
    await log(tab).getByText('See').waitFor();
    const links = log(tab).getByRole('link');
    expect(await links.allTextContents()).toEqual([
      'https://example.com/a_(b)?q=1&r=2#c',
      'http://example.org',
      'https://example.net/',
    ]);
    for (const link of await links.all()) {
      expect(await link.getAttribute('rel')).toContain('noopener');
      expect(await link.getAttribute('target')).toBe('_blank');
      expect(await link.getAttribute('href')).toMatch(/^https?:\/\/example\.(com|org|net)\//);
    }
    expect(await log(tab).locator('b').count()).toBe(0);
    expect(await violations(tab)).toEqual([]);
  });

  test('right-to-left names and texts do not affect their surroundings', async () => {
    const tab = await join(browser, page.url, arabicName);
    await say(tab, arabicText);
    await log(tab).getByText(arabicText).waitFor();
    const name = log(tab).locator('bdi', { hasText: arabicName });
    expect(await name.count()).toBe(1);
    const directionOf = (selector: string) =>
      tab.evaluate<string>(`getComputedStyle(document.querySelector('${selector}')).direction`);
    expect(await directionOf('.said')).toBe('rtl');
    // The name comes first, and what is said about it stays where it is in English.
    const [left, right] = await Promise.all([name.boundingBox(), log(tab).locator('.you').boundingBox()]);
    expect(left?.x).toBeLessThan(right?.x ?? 0);
    await tab.getByLabel('Your message').fill(arabicText);
    expect(await directionOf('#text')).toBe('rtl');
    expect(await tab.locator('header bdi').textContent()).toBe(arabicName);
  });

  test('initials are whole characters, as a reader sees them', async () => {
    const tab = await join(browser, page.url, 'Ada');
    for (const from of ['👩‍👩‍👧 Family', 'é́va', '🇦🇶 Antarctica', 'ß', '   ']) hear('hello', { from });
    await expect.poll(() => log(tab).locator('.face').allTextContents()).toEqual(['👩‍👩‍👧', 'É́', '🇦🇶', 'S', '?']);
  });

  test('messages are in the order of their times, however they arrive; equal times keep their order', async () => {
    const tab = await join(browser, page.url, 'Ada');
    hear('third', { minutes: 1 });
    hear('first', { minutes: 3 });
    hear('fourth', { minutes: 0 });
    hear('second', { minutes: 2, from: 'Alan' });
    await expect.poll(() => said(tab)).toEqual(['first', 'second', 'third', 'fourth']);
    const at = new Date().toISOString();
    for (const id of [1, 2, 3])
      room.send(JSON.stringify({ type: 'message', from: 'Grace', text: `equal ${id}`, at, id: `equal-${id}` }));
    await expect.poll(async () => (await said(tab)).slice(-3)).toEqual(['equal 1', 'equal 2', 'equal 3']);
    // Grace's name is shown where somebody else spoke before her.
    expect(await log(tab).locator('.line:not(.follows) .name').allTextContents()).toEqual(['Grace', 'Alan', 'Grace']);
  });

  test('an error stays below earlier lines, even if this clock is behind the room’s', async () => {
    const tab = await join(browser, page.url, 'Ada');
    hear('from the future', { minutes: -10 });
    room.send('{"type":"error","message":"No such thing."}');
    hear('later still', { minutes: -11 });
    await log(tab).getByText('later still').waitFor();
    expect(await log(tab).textContent()).toMatch(/from the future.*No such thing.*later still/);
  });

  test('days are separated, but today’s first message needs no date', async () => {
    const day = 24 * 60;
    const tab = await join(browser, page.url, 'Ada', { timezoneId: 'Asia/Kolkata' });
    const days = () => log(tab).locator('.day').allTextContents();
    hear('today');
    await log(tab).getByText('today').waitFor();
    expect(await days()).toEqual([]);
    hear('two days ago', { minutes: 2 * day });
    hear('also two days ago', { minutes: 2 * day });
    hear('three days ago', { minutes: 3 * day });
    await expect.poll(async () => (await days()).length).toBe(3);
    expect(await said(tab)).toEqual(['three days ago', 'two days ago', 'also two days ago', 'today']);
    const dates = [3, 2, 0].map((before) =>
      new Date(Date.now() - before * day * 60_000).toLocaleDateString('en-GB', {
        dateStyle: 'full',
        timeZone: 'Asia/Kolkata',
      }),
    );
    expect(await days()).toEqual(dates);
    expect(await violations(tab)).toEqual([]);
  });

  test('a line shows where unread messages begin, after scrolling up', async () => {
    const tab = await join(browser, page.url, 'Ada', { viewport: { width: 800, height: 500 } });
    const mark = log(tab).getByRole('separator', { name: 'New messages' });
    for (let line = 1; line <= 30; line++) hear(`line ${line}`);
    await log(tab).getByText('line 30').waitFor();
    expect(await mark.count()).toBe(0);
    await tab.getByRole('region', { name: 'Messages' }).focus();
    await tab.keyboard.press('Home');
    await expect.poll(() => tab.evaluate("document.getElementById('scroll').scrollTop")).toBe(0);
    for (let line = 31; line <= 60; line++) hear(`line ${line}`);
    await tab.getByRole('button', { name: '30 new messages' }).click();
    expect(await log(tab).textContent()).toMatch(/line 30New.*line 31/);
    expect(await inView(tab, '.new')).toBe(true);
    expect(await violations(tab)).toEqual([]);
    await say(tab, 'I have read it');
    await log(tab).getByText('I have read it').waitFor();
    expect(await mark.count()).toBe(0);
  });

  test('a hidden tab keeps the first unread message in view', async () => {
    const tab = await join(browser, page.url, 'Ada', { viewport: { width: 800, height: 500 } });
    hear('seen');
    await log(tab).getByText('seen', { exact: true }).waitFor();
    await setHidden(tab, true);
    for (let line = 1; line <= 40; line++) hear(`unseen ${line}.`);
    await log(tab).getByText('unseen 40.').waitFor();
    expect(await tab.title()).toMatch(/^\(40\) /);
    await setHidden(tab, false);
    expect(await log(tab).textContent()).toMatch(/seenNew.*unseen 1\./);
    expect(await inView(tab, '.new')).toBe(true);
    await tab.getByRole('region', { name: 'Messages' }).focus();
    await tab.keyboard.press('End');
    await expect.poll(() => tab.title()).not.toMatch(/^\(/);
  });
});

async function setHidden(tab: Tab, hidden: boolean): Promise<void> {
  await tab.evaluate(`
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => ${hidden} });
    document.dispatchEvent(new Event('visibilitychange'));`);
}

function inView(tab: Tab, selector: string): Promise<boolean> {
  return tab.evaluate<boolean>(`(() => {
    const frame = document.getElementById('scroll').getBoundingClientRect();
    const { top, bottom } = document.querySelector('${selector}').getBoundingClientRect();
    return top >= frame.top - 1 && bottom <= frame.bottom + 1;
  })()`);
}

import { expect, test } from 'vitest';
import { violations } from './accessibility.ts';
import { describeInBrowser } from './describe-browser.ts';
import { testPage } from './practice-room.ts';
import { join, log, say, visit } from './visitor.ts';

describeInBrowser('the chat page', async (browser) => {
  const { room, page } = await testPage();

  test('both people see a message that either of them sends', async () => {
    const ada = await join(browser, page.url, 'Ada');
    const grace = await join(browser, page.url, 'Grace');
    await say(ada, 'Is anybody here?');
    for (const tab of [ada, grace]) await log(tab).getByText('Is anybody here?').waitFor();
    expect(await log(ada).textContent()).toContain('you');
    expect(await log(grace).textContent()).toMatch(/^A?\s*Ada\s+\d\d:\d\d/);
    expect(await ada.getByLabel('Your message').inputValue()).toBe('');
  });

  test('markup in a name and in a message stays text, and none of it runs', async () => {
    const markup = '<img src=x onerror="window.ran=1">';
    const tab = await join(browser, page.url, markup);
    await say(tab, markup);
    await expect.poll(() => log(tab).getByText(markup, { exact: true }).count()).toBe(2);
    expect(await log(tab).locator('img, script').count()).toBe(0);
    expect(await tab.evaluate('window.ran')).toBeUndefined();
  });

  test('the policy stops a script that got into the page anyway', async () => {
    const tab = await join(browser, page.url, 'Ada');
    const violated = await tab.evaluate<string>(`new Promise((resolve) => {
      addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective));
      document.body.insertAdjacentHTML('beforeend', '<img src="icon.svg" onload="window.ran = 1">');
    })`);
    expect(violated).toBe('script-src-attr');
    expect(await tab.evaluate('window.ran')).toBeUndefined();
  });

  test('a message that the room rejects stays as a bubble with its time, above the reason', async () => {
    const tab = await join(browser, page.url, 'Ada');
    room.mute();
    await say(tab, 'hello');
    room.send('{"type":"error","message":"I do not know the action."}');
    await log(tab).getByText('I do not know the action.').waitFor();
    expect(await log(tab).textContent()).toMatch(
      /Ada you \d\d:\d\dhelloNot deliveredSend againThat didn't work. I do not know/,
    );
    expect(await violations(tab)).toEqual([]);
    await tab.getByRole('button', { name: 'Leave' }).click();
    await tab.getByLabel('Your name').waitFor();
    expect(await log(tab).count()).toBe(0);
  });

  test('the bar shows your name, and explains it to screen readers', async () => {
    const tab = await visit(browser, page.url);
    const title = tab.locator('.title p');
    expect(await title.textContent()).toBe('Unicorn Games · 01-missing-route');
    await tab.getByLabel('Your name').fill('Ada');
    await tab.keyboard.press('Enter');
    await expect.poll(() => title.textContent()).toBe('You are Ada · 01-missing-route');
    await tab.getByRole('button', { name: 'Leave' }).click();
    await expect.poll(() => title.textContent()).toBe('Unicorn Games · 01-missing-route');
  });

  test('only the last 500 lines are kept', async () => {
    const tab = await join(browser, page.url, 'Ada');
    const at = new Date().toISOString();
    for (let id = 1; id <= 510; id += 1) {
      room.send(JSON.stringify({ type: 'message', from: id < 8 ? 'Grace' : 'Alan', text: `line ${id}.`, at, id }));
    }
    await log(tab).getByText('line 510.').waitFor();
    expect(await log(tab).locator('.said').count()).toBe(500);
    expect(await log(tab).getByText('Grace').count()).toBe(0);
    await expect(log(tab).getByText('line 10.', { exact: true }).count()).resolves.toBe(0);
  });

  test.each([
    [
      '{"type":"error","message":"I do not know the action \\"sendmessage\\"."}',
      'I do not know the action "sendmessage".',
    ],
    ['{"message": "Internal server error", "connectionId":"L0=", "requestId":"R1="}', 'Something failed in the room'],
    ['{"message": "Forbidden", "connectionId":"L0=", "requestId":"R1="}', 'The room has no route for that message'],
  ])('%s is shown as an error', async (frame, words) => {
    const tab = await join(browser, page.url, 'Ada');
    room.send(frame);
    await log(tab).getByText(words).waitFor();
    expect(await log(tab).textContent()).toContain("That didn't work.");
    if (frame.includes('R1=')) expect(await log(tab).textContent()).toContain('request R1=');
  });

  test('frames that are not messages change nothing', async () => {
    const tab = await join(browser, page.url, 'Ada');
    for (const frame of ['', 'hello', '7', 'null', '[]', '{}', '{"type":"later"}']) room.send(frame);
    await say(tab, 'still here');
    await log(tab).getByText('still here').waitFor();
    expect(await log(tab).locator('> *').count()).toBe(1);
  });

  test('a name that is too long is rejected with the reason, before anything is sent', async () => {
    const tab = await visit(browser, page.url);
    await tab.getByLabel('Your name').fill('x'.repeat(41));
    await tab.keyboard.press('Enter');
    expect(await tab.getByRole('alert').textContent()).toBe('That name has 41 characters. Please shorten it to 40.');
    expect(await tab.getByLabel('Your name').getAttribute('aria-invalid')).toBe('true');
  });

  test('a text that is too long stays, with the reason', async () => {
    const tab = await join(browser, page.url, 'Ada');
    await say(tab, 'é'.repeat(2049));
    await tab.getByText('Too long by 2 bytes', { exact: false }).waitFor();
    expect(await log(tab).locator('> *').count()).toBe(0);
  });

  test('the page can be used by keyboard alone', async () => {
    const tab = await visit(browser, page.url);
    await tab.locator('#name:focus').waitFor();
    await tab.keyboard.type('Ada');
    await tab.keyboard.press('Enter');
    await tab.getByText('Connected', { exact: true }).waitFor();
    await tab.keyboard.type('typed');
    await tab.keyboard.press('Enter');
    await log(tab).getByText('typed').waitFor();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`an accessibility engine finds nothing to complain about, ${colorScheme}`, async () => {
      const tab = await visit(browser, page.url, { colorScheme });
      expect(await violations(tab)).toEqual([]);
      await tab.getByLabel('Your name').fill('x'.repeat(41));
      expect(await violations(tab)).toEqual([]);
      await tab.getByLabel('Your name').fill('Ada');
      await tab.keyboard.press('Enter');
      await tab.getByText('Connected', { exact: true }).waitFor();
      expect(await violations(tab)).toEqual([]);
      await say(tab, 'mine');
      room.send('{"type":"message","from":"Grace","text":"hers","at":"2026-11-02T09:30:00.000Z","id":"1"}');
      room.send('{"message": "Internal server error", "connectionId":"L0=", "requestId":"R1="}');
      await log(tab).getByText('Something failed').waitFor();
      expect(await violations(tab)).toEqual([]);
    });
  }

  test('on a phone nothing extends beyond the screen', async () => {
    const tab = await join(browser, page.url, 'x'.repeat(40), { viewport: { width: 320, height: 568 } });
    await say(tab, 'Donaudampfschifffahrt'.repeat(20));
    await log(tab).getByText('Donaudampf').waitFor();
    room.send('{"type":"error","message":"Donaudampfschifffahrtsgesellschaftskapitaensmuetzenabzeichen"}');
    await log(tab).getByText('abzeichen').waitFor();
    const [inner, outer] = await tab.evaluate<[number, number]>('[document.documentElement.scrollWidth, innerWidth]');
    expect(inner).toBeLessThanOrEqual(outer);
    expect(await log(tab).evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0);
  });

  test('someone reading older messages is notified of new ones, without scrolling', async () => {
    const tab = await join(browser, page.url, 'Ada', { viewport: { width: 800, height: 500 } });
    for (let line = 1; line <= 30; line++) await say(tab, `line ${line}`);
    await log(tab).getByText('line 30').waitFor();
    await tab.getByRole('region', { name: 'Messages' }).focus();
    await tab.keyboard.press('Home');
    await expect.poll(() => tab.evaluate("document.getElementById('scroll').scrollTop")).toBe(0);
    room.send('{"type":"message","from":"Grace","text":"new","at":"2026-11-02T09:30:00.000Z","id":"2"}');
    await tab.getByRole('button', { name: '1 new message' }).click();
    expect(await tab.getByRole('button', { name: 'new message' }).isVisible()).toBe(false);
  });
});

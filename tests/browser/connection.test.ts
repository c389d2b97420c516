import { expect, test } from 'vitest';
import { servePage } from '../../checker/page/serve.ts';
import { violations } from './accessibility.ts';
import { describeInBrowser } from './describe-browser.ts';
import { openPracticeRoom, testPage } from './practice-room.ts';
import { join, log, say } from './visitor.ts';
import { webFolder } from './web-folder.ts';

describeInBrowser('the chat page, whose connection can be lost', async (browser) => {
  const { room, page } = await testPage();

  test('a lost connection is shown, a draft stays, and the page reconnects', async () => {
    const tab = await join(browser, page.url, 'Ada');
    await tab.getByLabel('Your message').fill('half a sent');
    room.drop();
    await tab.getByText('Reconnected.', { exact: false }).waitFor();
    expect(await tab.getByText('The connection is lost.').isVisible()).toBe(false);
    expect(await tab.getByLabel('Your message').inputValue()).toBe('half a sent');
    await say(tab, 'back again');
    await log(tab).getByText('back again').waitFor();
  });

  test('messages without an answer stay in the log when the connection is lost, and can be sent again', async () => {
    const tab = await join(browser, page.url, 'Ada');
    room.mute();
    for (const text of ['first of three', 'second of three', 'third of three']) await say(tab, text);
    room.drop();
    await tab.getByText('Reconnected.', { exact: false }).waitFor();
    expect(await tab.getByLabel('Your message').inputValue()).toBe('');
    expect(await log(tab).textContent()).toMatch(
      /first of three.*Not delivered.*second of three.*Not delivered.*third of three/,
    );
    const again = log(tab).getByRole('button', { name: 'Send again' });
    await again.first().click();
    await expect.poll(() => again.count()).toBe(2);
    await log(tab).getByText('first of three').waitFor();
    expect(await log(tab).locator('.said').allTextContents()).toEqual([
      'second of three',
      'third of three',
      'first of three',
    ]);
  });

  test('a room that moved is found again', async () => {
    const first = await openPracticeRoom();
    const moving = await servePage({ root: webFolder, room: first.address, lab: '01-missing-route' });
    const tab = await join(browser, moving.url, 'Ada');
    const second = await openPracticeRoom();
    moving.update({ room: second.address, lab: '01-missing-route' });
    await first.close();
    await tab.waitForEvent('load');
    await tab.getByText('Connected', { exact: true }).waitFor();
    await say(tab, 'here now');
    await log(tab).getByText('here now').waitFor();
    await tab.context().close();
    await moving.close();
    await second.close();
  });

  test('a deleted room is reported, and is found when it exists again', async () => {
    const served = { room: room.address, lab: '01-missing-route' };
    const itsPage = await servePage({ root: webFolder, ...served });
    const tab = await join(browser, itsPage.url, 'Ada');
    itsPage.update({ ...served, gone: 'The stack chat-01-missing-route is not deployed.' });
    room.drop();
    await tab.getByText('The stack chat-01-missing-route is not deployed.').waitFor();
    expect(await tab.getByRole('status').first().textContent()).toBe('Connection lost');
    itsPage.update(served);
    await log(tab).getByText('Reconnected.', { exact: false }).waitFor();
    await tab.context().close();
    await itsPage.close();
  });

  test('a closed room is reported as lost, accessibly, until it opens again at the same address', async () => {
    const closing = await openPracticeRoom();
    const itsPage = await servePage({ root: webFolder, room: closing.address, lab: '01-missing-route' });
    const tab = await join(browser, itsPage.url, 'Ada', { colorScheme: 'dark' });
    await closing.close();
    await tab.getByText("The room can't be reached.").waitFor();
    expect(await tab.getByRole('status').textContent()).toMatch(/Connection lost|Connecting/);
    expect(await violations(tab)).toEqual([]);
    await say(tab, 'can anybody hear me?');
    expect(await tab.getByLabel('Your message').inputValue()).toBe('can anybody hear me?');
    await tab.getByRole('button', { name: 'Try now' }).click();
    const opened = await openPracticeRoom(Number(new URL(closing.address).port));
    await log(tab).getByText('Reconnected.').waitFor();
    await tab.getByRole('button', { name: 'Leave' }).click();
    await tab.getByLabel('Your name').waitFor();
    await itsPage.close();
    await opened.close();
  });
});

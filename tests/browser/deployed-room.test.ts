import { afterAll, expect, test } from 'vitest';
import { servePage } from '../../checker/page/serve.ts';
import { deploySolvedRoom } from '../room/solved-room.ts';
import { describeInBrowser } from './describe-browser.ts';
import { join, log, say } from './visitor.ts';
import { webFolder } from './web-folder.ts';

describeInBrowser('the chat page in the deployed room', async (browser) => {
  const room = await deploySolvedRoom();
  afterAll(() => room.close());
  const page = await servePage({ root: webFolder, room: room.address, lab: '01-missing-route' });
  afterAll(() => page.close());
  room.account.allowPage(page.origin);

  test('two pages, one message, visible on both; markup stays text', async () => {
    const markup = '<img src=x onerror="window.ran=1">';
    const ada = await join(browser, page.url, 'Ada');
    const guest = await join(browser, page.url, markup);
    await say(ada, 'Is anybody here?');
    for (const tab of [ada, guest]) await log(tab).getByText('Is anybody here?').waitFor();
    await say(guest, markup);
    await expect.poll(() => log(ada).getByText(markup, { exact: true }).count()).toBe(2);
    expect(await log(ada).locator('img, script').count()).toBe(0);
    expect(await ada.evaluate('window.ran')).toBeUndefined();
    await say(ada, 'thank you');
    await log(guest).getByText('thank you').waitFor();
  });
});

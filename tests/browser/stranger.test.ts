import { expect, test } from 'vitest';
import { servePage } from '../../checker/page/serve.ts';
import { describeInBrowser } from './describe-browser.ts';
import { openPracticeRoom } from './practice-room.ts';
import { signIn } from './sign-in-room.ts';
import { button, connected, log, say, visit } from './visitor.ts';
import { webFolder } from './web-folder.ts';

const lab = '03-no-auth';
const nobodyThere = { endpoint: 'http://127.0.0.1:1/', clientId: 'none' };

describeInBrowser('a page with sign-in, if no Cognito answers', (browser) => {
  test('a room that admits strangers shows it: nobody has a name there', async () => {
    const careless = await openPracticeRoom();
    const open = await servePage({ root: webFolder, lab, signIn: nobodyThere, room: careless.address });
    const tab = await visit(browser, open.url);
    await button(tab, 'Connect without signing in').click();
    await connected(tab);
    await say(tab, 'I am in your meeting');
    await log(tab).getByText('I am in your meeting').waitFor();
    expect(await log(tab).textContent()).toMatch(/stranger\s+you/);
    await tab.context().close();
    await open.close();
    await careless.close();
  });

  test('a lost network is not taken for a rejection', async () => {
    const lost = await servePage({ root: webFolder, lab, signIn: nobodyThere, room: 'ws://127.0.0.1:1/room' });
    const tab = await visit(browser, lost.url);
    await signIn(tab, 'ada');
    await tab.getByText('No answer. Check your network, and try again.').waitFor();
    await button(tab, 'Connect without signing in').click();
    for (let tries = 0; tries < 3; tries++) {
      await tab.getByText("The room can't be reached.").waitFor();
      await button(tab, 'Try now').click();
    }
    await tab.getByText("The room can't be reached.").waitFor();
    expect(await tab.getByText('The room rejected your connection').isVisible()).toBe(false);
    await tab.context().close();
    await lost.close();
  });
});

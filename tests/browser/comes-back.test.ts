import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { servePage } from '../../checker/page/serve.ts';
import { startTestAccount, type TestAccount } from '../account.ts';
import { describeInBrowser } from './describe-browser.ts';
import { enterCode, newcomer, signIn, signUp, testSignInRoom } from './sign-in-room.ts';
import { button, connected, log, say } from './visitor.ts';
import { webFolder } from './web-folder.ts';

const minute = 60_000;

describeInBrowser('a page whose account or room disappears and returns', async (browser) => {
  const folder = await mkdtemp(join(tmpdir(), 'websocket-lab-restart-'));
  afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const room = await testSignInRoom(folder);
  let again: TestAccount | undefined;
  afterAll(() => again?.close());

  test('a Cognito call whose connection breaks is repeated once, and not a second time', async () => {
    const tab = await newcomer(browser, room.page.url, 'ada');
    let broken = 0;
    let left = 1;
    await tab.route(room.served.signIn?.endpoint ?? '', async (route) => {
      // Signing out sends RevokeToken, which can arrive late and must not use up a broken connection.
      const target = route.request().headers()['x-amz-target'];
      if (target !== 'AWSCognitoIdentityProviderService.InitiateAuth' || left === 0) return route.continue();
      left -= 1;
      broken += 1;
      return route.abort('connectionreset');
    });
    await tab.reload();
    await connected(tab);
    expect(broken).toBe(1);
    [left, broken] = [3, 0];
    await tab.getByRole('button', { name: 'Sign out' }).click();
    await signIn(tab, 'ada');
    await tab.getByText('No answer. Check your network, and try again.').waitFor();
    expect(broken).toBe(2);
  });

  test('a signed-in user who is rejected learns what to do; when the room opens, it admits them', async () => {
    const shut = await servePage({ root: webFolder, ...room.served, room: `${room.address}-shut` });
    room.account.allowPage(shut.origin);
    const tab = await signUp(browser, shut.url, 'frances');
    await enterCode(tab);
    await tab.getByText("You're signed in as frances", { exact: false }).waitFor();
    shut.update(room.served);
    await button(tab, 'Try again').click();
    await connected(tab);
    await say(tab, 'at last');
    await log(tab).getByText('at last').waitFor();
    await tab.context().close();
    await shut.close();
  });

  test('a restarted account is found again, even if it rejects people at first and the ID token has expired', async () => {
    // Functions use the machine's clock, and an account rejects calls that are five minutes off its own.
    room.pass(-4 * minute);
    const tab = await newcomer(browser, room.page.url, 'alan');
    const { port } = room.account;
    await room.account.close();
    await tab.getByText("The room can't be reached.").waitFor();
    await tab.getByText('Trying again in', { exact: false }).waitFor();
    room.page.update({ ...room.served, room: `${room.address}-shut` });
    again = await startTestAccount({ folder, port, clock: { now: () => new Date(Date.now() + 2 * minute) } });
    again.allowPage(room.page.origin);
    await tab.getByRole('heading', { name: 'The room rejected your connection' }).waitFor();
    await tab.getByText('The page keeps trying.', { exact: false }).waitFor();
    await button(tab, 'Sign out').focus();
    await tab.waitForEvent('websocket');
    expect(await tab.evaluate('document.activeElement.id')).toBe('refused-away');
    room.page.update(room.served);
    await connected(tab);
    await log(tab).getByText('Reconnected.', { exact: false }).waitFor();
    await say(tab, 'still here');
    await log(tab).getByText('still here').waitFor();
  });
});

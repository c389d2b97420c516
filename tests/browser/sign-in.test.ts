import {
  AdminCreateUserCommand,
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect, test } from 'vitest';
import { violations } from './accessibility.ts';
import { describeInBrowser } from './describe-browser.ts';
import { enterCode, newcomer, password, shownCode, signIn, signUp, testSignInRoom } from './sign-in-room.ts';
import { button, connected, field, log, say, visit } from './visitor.ts';

const day = 24 * 60 * 60_000;

describeInBrowser('signing in to the room', async (browser) => {
  const room = await testSignInRoom();
  const { url } = room.page;

  test('two people sign up, confirm, and talk under their usernames, also after a reload, until they sign out', async () => {
    const ada = await newcomer(browser, url, 'ada');
    const grace = await newcomer(browser, url, 'grace');
    await say(ada, 'Is anybody here?');
    for (const tab of [ada, grace]) await log(tab).getByText('Is anybody here?').waitFor();
    expect(await log(ada).textContent()).toMatch(/ada\s+you/);
    expect(await log(grace).textContent()).toMatch(/^A?\s*ada\s+\d\d:\d\d/);

    await grace.reload();
    await connected(grace);
    await say(grace, 'still me');
    await log(ada).getByText('still me').waitFor();
    expect(await log(ada).textContent()).toMatch(/grace\s+\d\d:\d\d.*still me/);

    const kept = await grace.evaluate<string>('JSON.stringify([{ ...sessionStorage }, { ...localStorage }])');
    expect(Object.keys(JSON.parse(JSON.parse(kept)[0].session)).sort()).toEqual([
      'clientId',
      'refreshToken',
      'username',
    ]);
    expect(JSON.parse(kept)[1]).toEqual({});

    const revoked = grace.waitForResponse((response) => response.request().postData()?.includes('"Token"') ?? false);
    await grace.getByRole('button', { name: 'Sign out' }).click();
    expect((await revoked).status()).toBe(200);
    expect(await grace.evaluate('sessionStorage.length')).toBe(0);
    await grace.reload();
    await grace.locator('#sign-in-username:focus').waitFor();
    await grace.keyboard.type('grace');
    await grace.keyboard.press('Tab');
    await grace.keyboard.type(password);
    await grace.keyboard.press('Enter');
    await connected(grace);
    await grace.keyboard.type('by keyboard alone');
    await grace.keyboard.press('Enter');
    await log(ada).getByText('by keyboard alone').waitFor();
  });

  test('a user who was signed out elsewhere learns so the next time they open the page', async () => {
    const tab = await newcomer(browser, url, 'alan');
    await cognito().send(new AdminUserGlobalSignOutCommand({ UserPoolId: room.userPoolId, Username: 'alan' }));
    await say(tab, 'an open socket stays open');
    await log(tab).getByText('an open socket stays open').waitFor();
    await tab.reload();
    await tab.getByText('You were signed out, here or elsewhere. Please sign in again.').waitFor();
    expect(await tab.evaluate('sessionStorage.length')).toBe(0);
    await signIn(tab, 'alan');
    await connected(tab);
  });

  test('a wrong password is reported next to the field, and nobody is signed in', async () => {
    const tab = await visit(browser, url);
    await signIn(tab, 'nobody', 'Wrong-horse-7');
    await tab.getByText('Wrong username or password.').waitFor();
    expect(await tab.evaluate('document.activeElement.id')).toBe('sign-in-password');
    expect(await field(tab, 'Password').getAttribute('aria-invalid')).toBe('true');
    expect(await tab.evaluate('sessionStorage.length')).toBe(0);
  });

  test('a user with a temporary password learns that the page cannot change it', async () => {
    const user = { UserPoolId: room.userPoolId, Username: 'niklaus', TemporaryPassword: password };
    const UserAttributes = [{ Name: 'email', Value: 'niklaus@example.com' }];
    await cognito().send(new AdminCreateUserCommand({ ...user, UserAttributes, MessageAction: 'SUPPRESS' }));
    const tab = await visit(browser, url);
    await signIn(tab, 'niklaus');
    await tab.getByText("That's a temporary password, which this page can't change.", { exact: false }).waitFor();
  });

  test('a forgotten password is replaced', async () => {
    const tab = await newcomer(browser, url, 'donald');
    await tab.getByRole('button', { name: 'Sign out' }).click();
    await button(tab, 'Forgot your password?').click();
    await field(tab, 'Username').fill('donald');
    await tab.keyboard.press('Enter');
    await field(tab, 'Code').fill(await shownCode(tab));
    await field(tab, 'New password').fill('Another-horse-8');
    await tab.keyboard.press('Enter');
    await connected(tab);
  });

  test('a stranger learns why they are rejected, and is taken to the sign-in', async () => {
    const tab = await visit(browser, url);
    await button(tab, 'Connect without signing in').click();
    await tab.getByRole('heading', { name: 'The room rejected your connection' }).waitFor();
    await tab.getByText("You haven't signed in, and this room only admits people who have.").waitFor();
    expect(await tab.getByRole('status').first().textContent()).toBe('Rejected');
    await button(tab, 'Sign in').click();
    await field(tab, 'Username').waitFor();
  });

  test('on a phone nothing extends beyond the screen', async () => {
    const tab = await signUp(browser, url, `x${'y'.repeat(38)}`, { viewport: { width: 320, height: 568 } });
    const overflow = '[document.documentElement.scrollWidth, innerWidth]';
    const [inner = 0, outer = 0] = await tab.evaluate<number[]>(overflow);
    expect(inner).toBeLessThanOrEqual(outer);
    await enterCode(tab);
    await connected(tab);
    const [innerRoom = 0] = await tab.evaluate<number[]>(overflow);
    expect(innerRoom).toBeLessThanOrEqual(outer);
    // The longest status that the bar can show still leaves space for the room's name.
    const [name = 0, state = 0] = await tab.evaluate<number[]>(`
      document.getElementById('status-text').textContent = 'Connection lost';
      const name = document.createRange();
      name.selectNodeContents(document.querySelector('h1'));
      [name.getBoundingClientRect().right, document.getElementById('status').getBoundingClientRect().left]`);
    expect(name).toBeLessThan(state);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`an accessibility engine finds nothing to complain about on any step, ${colorScheme}`, async () => {
      const tab = await visit(browser, url, { colorScheme });
      expect(await violations(tab)).toEqual([]);
      await signIn(tab, `niklaus-${colorScheme}`, 'Wrong-horse-7');
      await tab.getByText('Wrong username or password.').waitFor();
      expect(await violations(tab)).toEqual([]);
      await button(tab, 'Forgot your password?').click();
      expect(await violations(tab)).toEqual([]);
      await button(tab, 'Back to signing in').click();
      await button(tab, 'Connect without signing in').click();
      await tab.getByText('The room rejected your connection').waitFor();
      expect(await violations(tab)).toEqual([]);
      const other = await signUp(browser, url, `niklaus-${colorScheme}`, { colorScheme });
      expect(await violations(other)).toEqual([]);
      await enterCode(other);
      await connected(other);
      expect(await violations(other)).toEqual([]);
      await other.getByRole('button', { name: 'Sign out' }).click();
      await button(other, 'Forgot your password?').click();
      await field(other, 'Username').fill(`niklaus-${colorScheme}`);
      await other.keyboard.press('Enter');
      await field(other, 'New password').waitFor();
      expect(await violations(other)).toEqual([]);
    });
  }

  test('an expired session leads back to the sign-in, and says why', async () => {
    const tab = await newcomer(browser, url, 'kathleen');
    room.pass(2 * day);
    await tab.reload();
    await tab.getByText('Your session has expired. Please sign in again.').waitFor();
    expect(await violations(tab)).toEqual([]);
  });

  function cognito() {
    return new CognitoIdentityProviderClient(room.account.client);
  }
});

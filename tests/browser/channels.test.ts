import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Page as Tab } from 'playwright-core';
import { expect, test } from 'vitest';
import { violations } from './accessibility.ts';
import { describeInBrowser } from './describe-browser.ts';
import { password, signIn, testSignInRoom } from './sign-in-room.ts';
import { connected, log, say, visit } from './visitor.ts';

describeInBrowser('channels, and what was said in them', async (browser) => {
  const room = await testSignInRoom(undefined, '11-no-way-back');

  async function employee(name: string, groups: readonly string[]): Promise<void> {
    const cognito = new CognitoIdentityProviderClient(room.account.client);
    const user = { UserPoolId: room.userPoolId, Username: name };
    const UserAttributes = [{ Name: 'email', Value: `${name}@unicorn.example` }];
    await cognito.send(new AdminCreateUserCommand({ ...user, UserAttributes, MessageAction: 'SUPPRESS' }));
    await cognito.send(new AdminSetUserPasswordCommand({ ...user, Password: password, Permanent: true }));
    for (const GroupName of groups) await cognito.send(new AdminAddUserToGroupCommand({ ...user, GroupName }));
  }

  async function enter(name: string): Promise<Tab> {
    const tab = await visit(browser, room.page.url);
    await signIn(tab, name);
    await connected(tab);
    return tab;
  }

  const channels = (tab: Tab) => tab.getByRole('navigation', { name: 'Channels' });

  async function switchTo(tab: Tab, channel: string): Promise<void> {
    await channels(tab).getByRole('button', { name: channel }).click();
    await channels(tab).locator(`[aria-current=true]:text-is("${channel}")`).waitFor();
    await connected(tab);
  }

  test('members switch between their channels, whose messages and histories are separate', async () => {
    await employee('ada', ['release']);
    await employee('sam', ['sales', 'release']);
    const ada = await enter('ada');
    const sam = await enter('sam');
    expect(await channels(ada).getByRole('button').allTextContents()).toEqual(['general', 'release']);
    expect(await channels(sam).getByRole('button').allTextContents()).toEqual(['general', 'release', 'sales']);
    expect(await violations(sam)).toEqual([]);

    await switchTo(ada, 'release');
    await say(ada, 'We ship in March.');
    await log(ada).getByText('We ship in March.').waitFor();
    await say(sam, 'Anybody in general?');
    await log(sam).getByText('Anybody in general?').waitFor();
    expect(await log(sam).textContent()).not.toContain('March');

    // Earlier messages arrive again, once, and none from another channel.
    await switchTo(sam, 'release');
    await log(sam).getByText('We ship in March.').waitFor();
    expect(await log(sam).getByText('Anybody in general?').count()).toBe(0);
    await say(ada, 'Or in April.');
    await log(sam).getByText('Or in April.').waitFor();
    expect(await log(sam).getByText('We ship in March.').count()).toBe(1);
  });

  test('somebody in no group sees no channels', async () => {
    await employee('eve', []);
    const eve = await enter('eve');
    expect(await channels(eve).isVisible()).toBe(false);
  });
});

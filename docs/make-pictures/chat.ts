import type { Browser, Page as Tab } from 'playwright-core';

/** A password that the room's user pool accepts. */
const PASSWORD = 'Correct-horse-7';

/** How long to wait for a message that may never come, in milliseconds: in some labs that is the fault. */
const PATIENCE = 4000;

/** Returns the pages of two people in the room at this address, after the first of them has said hello. */
export async function conversation(browser: Browser, url: string): Promise<readonly [Tab, Tab]> {
  const ada = await enter(browser, url, 'ada');
  const grace = await enter(browser, url, 'grace');
  await ada.locator('#text').fill('hello');
  await ada.keyboard.press('Enter');
  await Promise.all([ada, grace].map(hasHeard));
  return [ada, grace];
}

async function enter(browser: Browser, url: string, name: string): Promise<Tab> {
  const context = await browser.newContext({ deviceScaleFactor: 1.5, viewport: { width: 380, height: 400 } });
  const tab = await context.newPage();
  await tab.goto(url);
  await tab.locator('#join-form:visible, #sign-in-form:visible').waitFor();
  if (await tab.locator('#join-form').isVisible()) {
    await tab.locator('#name').fill(name);
    await tab.keyboard.press('Enter');
  } else await signUp(tab, url, name);
  // A narrow page may show the state as a dot only.
  await tab.locator('#status[data-state="connected"]').waitFor({ state: 'attached' });
  return tab;
}

async function signUp(tab: Tab, url: string, name: string): Promise<void> {
  await tab.locator('[data-to="sign-up"]:visible').click();
  await tab.locator('#sign-up-username').fill(name);
  await tab.locator('#sign-up-email').fill(`${name}@example.com`);
  await tab.locator('#sign-up-password').fill(PASSWORD);
  await tab.keyboard.press('Enter');
  await tab.locator('#confirm-code:visible').waitFor();
  const { messages } = (await (await fetch(new URL('mail.json', url))).json()) as {
    messages: ReadonlyArray<{ username: string; code: string }>;
  };
  await tab.locator('#confirm-code').fill(messages.find(({ username }) => username === name)?.code ?? '');
  await tab.keyboard.press('Enter');
}

async function hasHeard(tab: Tab): Promise<void> {
  await tab
    .locator('#log > *')
    .first()
    .waitFor({ timeout: PATIENCE })
    .catch(() => {});
}

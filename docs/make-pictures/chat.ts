import type { Browser, Page as Tab } from 'playwright-core';

/** A password that the room's user pool accepts. */
const PASSWORD = 'Correct-horse-7';

/** How long to wait for a message that may never come, in milliseconds: in some labs that is the fault. */
const PATIENCE = 4000;

/** A scene whose lines pause for this long is at its point; its people stay in the room until somebody ends it. */
const PAUSE = 12_000;

/** How long a scene can take: one of them fills a table first. */
const LONGEST_SCENE = 180_000;

/**
 * Returns the pages of two people in the room at this address, after the first of them has said hello. That shows the
 * fault of the labs whose room anybody can join. In the others, the first page plays the lab's scene as well.
 */
export async function conversation(browser: Browser, url: string): Promise<readonly [Tab, Tab]> {
  const ada = await enter(browser, url, 'ada');
  const grace = await enter(browser, url, 'grace');
  await ada.locator('#text').fill('hello');
  await ada.keyboard.press('Enter');
  await Promise.all([ada, grace].map(hasHeard));
  if ((await ada.locator('#leave').textContent()) === 'Sign out') await playScene(ada);
  return [ada, grace];
}

/** Ends what `conversation` began. A scene takes its people and their rows with it. */
export async function endConversation(chats: readonly Tab[]): Promise<void> {
  for (const chat of chats) {
    const end = chat.locator('#scene-end:visible');
    if ((await end.count()) > 0) await end.click();
    await chat.context().close();
  }
}

async function playScene(tab: Tab): Promise<void> {
  const button = tab.locator('#scene:visible');
  if ((await button.count()) === 0) return;
  await button.click();
  const lines = tab.locator('#scene-lines p');
  const deadline = Date.now() + LONGEST_SCENE;
  let before = 0;
  for (;;) {
    await tab.waitForTimeout(before < 2 ? 1000 : PAUSE);
    const isOver = (await tab.locator('#scene-end').textContent()) === 'Close';
    const count = await lines.count();
    if (isOver || (count > 1 && count === before)) return;
    if (Date.now() > deadline) throw new Error(`The scene didn't end: ${await lines.allTextContents()}`);
    before = count;
  }
}

async function enter(browser: Browser, url: string, name: string): Promise<Tab> {
  const context = await browser.newContext({ deviceScaleFactor: 1.5, viewport: { width: 380, height: 520 } });
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
  await tab.locator('#sign-up-email').fill(`${name}@unicorn.example`);
  await tab.locator('#sign-up-password').fill(PASSWORD);
  await tab.keyboard.press('Enter');
  const [code, taken] = [tab.locator('#confirm-code:visible'), tab.locator('#sign-up-username-problem:not(:empty)')];
  await code.or(taken).first().waitFor();
  // Between the two states of a lab, its user pool and its users stay.
  if (await taken.isVisible()) return signIn(tab, name);
  const { messages } = (await (await fetch(new URL('mail.json', url))).json()) as {
    messages: ReadonlyArray<{ username: string; code: string }>;
  };
  await tab.locator('#confirm-code').fill(messages.find(({ username }) => username === name)?.code ?? '');
  await tab.keyboard.press('Enter');
}

async function signIn(tab: Tab, name: string): Promise<void> {
  await tab.locator('[data-to="sign-in"]:visible').click();
  await tab.locator('#sign-in-username').fill(name);
  await tab.locator('#sign-in-password').fill(PASSWORD);
  await tab.keyboard.press('Enter');
}

async function hasHeard(tab: Tab): Promise<void> {
  await tab
    .locator('#log > *')
    .first()
    .waitFor({ timeout: PATIENCE })
    .catch(() => {});
}

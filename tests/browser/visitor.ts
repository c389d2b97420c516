import type { Browser, BrowserContextOptions, Locator, Page as Tab } from 'playwright-core';

/** The messages, errors and notes that a tab shows. */
export function log(tab: Tab): Locator {
  return tab.getByRole('log');
}

/** The field with that label in the current form. */
export function field(tab: Tab, label: string): Locator {
  return tab.getByLabel(label, { exact: true }).and(tab.locator('input:visible'));
}

/** The button with that name, below the bar. */
export function button(tab: Tab, name: string): Locator {
  return tab.getByRole('main').getByRole('button', { name, exact: true });
}

/** Opens the chat page as a new user: without cookies or other tabs. */
export async function visit(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Tab> {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  const tab = await context.newPage();
  await tab.goto(url);
  return tab;
}

/** Opens the chat page, joins, and waits until it is connected. */
export async function join(browser: Browser, url: string, name: string, options?: BrowserContextOptions): Promise<Tab> {
  const tab = await visit(browser, url, options);
  await tab.getByLabel('Your name').fill(name);
  await tab.getByRole('button', { name: 'Join the room' }).click();
  await connected(tab);
  return tab;
}

/** Resolves when the page shows that it is in the room. */
export async function connected(tab: Tab): Promise<void> {
  await tab.getByText('Connected', { exact: true }).waitFor();
}

/** Sends a message, using the keyboard. */
export async function say(tab: Tab, text: string): Promise<void> {
  await tab.getByLabel('Your message').fill(text);
  await tab.keyboard.press('Enter');
}

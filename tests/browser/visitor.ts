import type { Browser, BrowserContextOptions, Locator, Page as Tab } from 'playwright-core';

/** The messages, errors and notes that a tab shows. */
export function log(tab: Tab): Locator {
  return tab.getByRole('log');
}

/** Opens the chat page as somebody new: with no cookies and no memory of other tabs. */
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
  await tab.getByText('Connected', { exact: true }).waitFor();
  return tab;
}

/** Says something, with the keyboard. */
export async function say(tab: Tab, text: string): Promise<void> {
  await tab.getByLabel('Your message').fill(text);
  await tab.keyboard.press('Enter');
}

import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeEach, describe, test } from 'vitest';
import { findChromium, launchChromium, NO_BROWSER } from './chromium.ts';

/**
 * A suite with a browser of its own, in which each test's tabs are closed at its end. `tests` can first open what they
 * share. Without a browser, it is skipped and says how to get one; in CI it fails instead.
 */
export function describeInBrowser(title: string, tests: (browser: Browser) => void | Promise<void>): void {
  if (findChromium() === undefined && process.env.CI === undefined) {
    process.stderr.write(`${NO_BROWSER}\n`);
    // Its own tests are unknown: they are declared with a browser.
    test(`${title} (skipped: ${NO_BROWSER})`, ({ skip }) => skip(NO_BROWSER));
    return;
  }
  describe(title, async () => {
    const browser = await launchChromium();
    afterAll(() => browser.close());
    let shared = browser.contexts();
    beforeEach(() => {
      shared = browser.contexts();
    });
    afterEach(async () => {
      for (const context of browser.contexts()) if (!shared.includes(context)) await context.close();
    });
    await tests(browser);
  });
}

import { describe } from 'vitest';
import { findChromium, NO_BROWSER } from './chromium.ts';

/** A suite that needs a browser. Without one, it is skipped and says how to get one; in CI it fails instead. */
export function describeInBrowser(title: string, tests: () => void): void {
  const skip = findChromium() === undefined && process.env.CI === undefined;
  if (skip) process.stderr.write(`${NO_BROWSER}\n`);
  describe.skipIf(skip)(skip ? `${title} (skipped: ${NO_BROWSER})` : title, tests);
}

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { faults } from '../../checker/gameday/faults.ts';
import { plan } from '../../checker/gameday/plan.ts';
import { layOutWorkshop, type Running, type Workshop } from '../cli/workshop.ts';
import { violations } from './accessibility.ts';
import { launchChromium } from './chromium.ts';
import { describeInBrowser } from './describe-browser.ts';
import { visit } from './visitor.ts';

const seed = 7;
const [first = ''] = plan({ seed, count: 3, minutes: 60 }).flatMap(({ about, isOurs }) => (isOurs ? about : []));
const { from = '', complaint = '' } = faults[first] ?? {};

describeInBrowser('a game day', () => {
  let workshop: Workshop;
  let game: Running;
  let browser: Browser;
  let page: string;

  beforeAll(async () => {
    [browser, workshop] = await Promise.all([launchChromium(), layOutWorkshop()]);
    game = workshop.start('gameday', '--seed', String(seed));
    const printed = await game.saw('The console:');
    page = /The chat page: (\S+)\n/.exec(printed)?.[1] ?? '';
  }, 360_000);

  afterAll(async () => {
    await browser?.close();
    await workshop?.remove();
  });

  test.each([
    ['the chat page', ''],
    ['the console', 'console'],
  ])('shows on %s who complains, and has no accessibility violations', async (_, path) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const tab = await visit(browser, `${page}${path}`, {
        colorScheme,
        viewport: { width: 360, height: 800 },
        bypassCSP: true,
      });
      await tab.getByText(complaint).first().waitFor({ timeout: 60_000 });
      expect(await tab.getByText(from, { exact: false }).count()).toBeGreaterThan(0);
      expect(await violations(tab)).toEqual([]);
      expect(await tab.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      await tab.context().close();
    }
  });
});

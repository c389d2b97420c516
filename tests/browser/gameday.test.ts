import { afterAll, expect, test } from 'vitest';
import { faults } from '../../checker/gameday/faults.ts';
import { plan } from '../../checker/gameday/plan.ts';
import { layOutWorkshop, type Running, type Workshop } from '../cli/workshop.ts';
import { violations } from './accessibility.ts';
import { describeInBrowser } from './describe-browser.ts';
import { visit } from './visitor.ts';

const seed = 7;
const [first = ''] = plan({ seed, count: 3, minutes: 60 }).flatMap(({ about, isOurs }) => (isOurs ? about : []));
const { from = '', complaint = '' } = faults[first] ?? {};

describeInBrowser('a game day', async (browser) => {
  let _workshop: Workshop;
  let _game: Running;
  const workshop = await layOutWorkshop();
  afterAll(() => workshop.remove());
  const game = workshop.start('gameday', '--seed', String(seed));
  const page = /The chat page: (\S+)\n/.exec(await game.saw('The console:'))?.[1] ?? '';

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

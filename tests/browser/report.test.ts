import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { renderHtml } from '../../checker/report/html.ts';
import { states } from '../golden/states.ts';
import { violations } from './accessibility.ts';
import { describeInBrowser } from './describe-browser.ts';

describeInBrowser('the report as a page', async (browser) => {
  const folder = await mkdtemp(join(tmpdir(), 'websocket-lab-report-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const known = await states();
  const shown = ['02-start', '03-pending', '01-fixed', '01-file-ahead'].map((name) => known[name]);
  await writeFile(join(folder, 'report.html'), renderHtml(shown.filter((verdict) => verdict !== undefined)));
  const address = String(pathToFileURL(join(folder, 'report.html')));

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`passes an accessibility engine, folded or not, and fits a phone, ${colorScheme}`, async () => {
      // The page allows no script, so the engine has to bypass its policy.
      const options = { bypassCSP: true, colorScheme, viewport: { width: 360, height: 640 } } as const;
      const context = await browser.newContext(options);
      const tab = await context.newPage();
      await tab.goto(address);
      expect(await violations(tab)).toEqual([]);
      await tab.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true");
      expect(await violations(tab)).toEqual([]);
      expect(await tab.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      await context.close();
    });
  }
});

import axe, { type AxeResults } from 'axe-core';
import type { Page as Tab } from 'playwright-core';

/** Returns an accessibility engine's findings on the current page, one line per rule. */
export async function violations(tab: Tab): Promise<string[]> {
  await tab.evaluate(axe.source);
  const results = await tab.evaluate<AxeResults>('axe.run()');
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}

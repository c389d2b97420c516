import { expect, test } from 'vitest';
import { allPages } from './pages.ts';
import { isRun, runPage } from './run-page.ts';

for (const page of (await allPages()).filter(isRun)) {
  test(`${page.path} works as written`, async ({ annotate }) => {
    const { wrong, left } = await runPage(page);
    if (left.length > 0) await annotate(`Not run here:\n${left.join('\n')}`);
    expect(wrong.join('\n\n')).toBe('');
  });
}

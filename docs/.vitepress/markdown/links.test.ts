import { createMarkdownRenderer } from 'vitepress';
import { expect, test } from 'vitest';
import { linksIntoTheCheckout } from './links.ts';

async function rendered(text: string, relativePath: string): Promise<string> {
  const renderer = await createMarkdownRenderer('.', { config: (md) => md.use(linksIntoTheCheckout) });
  return renderer.render(text, { path: relativePath, relativePath });
}

test('links to the README of a lab lead to its page, except on this page', async () => {
  const text = '[the task](../../labs/01-missing-route/README.md)';
  expect(await rendered(text, 'labs/02-lambda-permissions.md')).toContain('<a href="/labs/01-missing-route');
  expect(await rendered(text, 'labs/01-missing-route.md')).not.toContain('<a');
});

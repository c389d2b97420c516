import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';

const docs = join(import.meta.dirname, '..', '..');

/**
 * Links in pages can lead to any file of the checkout, but the site has only the pages. So links to the README of a lab
 * or a solution, or to CONTRIBUTING, lead to their pages on the site. Links to other files, and those that would lead
 * from a page to itself, become plain text, with a tooltip that names the file.
 */
export function linksIntoTheCheckout(md: MarkdownRenderer): void {
  md.core.ruler.push('links-into-the-checkout', ({ tokens, env }) => {
    for (const { children } of tokens) {
      let open: NonNullable<typeof children>[number] | undefined;
      for (const token of children ?? []) {
        if (token.type === 'link_open') {
          const href = token.attrGet('href') ?? '';
          const page = pageOf(href, env.relativePath);
          if (page !== undefined && page !== `/${env.relativePath}`) token.attrSet('href', page);
          else {
            Object.assign(token, { type: 'file_open', tag: 'span', attrs: [['title', `in the workshop: ${href}`]] });
            open = token;
          }
        } else if (token.type === 'link_close' && open !== undefined) {
          Object.assign(token, { type: 'file_close', tag: 'span' });
          open = undefined;
        }
      }
    }
  });
}

/** Returns where a link leads on the site; undefined if it leads to a file that isn't a page. */
function pageOf(href: string, from: string): string | undefined {
  if (/^(?:[a-z]+:|#|\/)/.test(href)) return href;
  const [path = '', anchor] = href.split('#');
  const hash = anchor === undefined ? '' : `#${anchor}`;
  const [, tree, id] = /(?:^|\/)(?:(labs|solutions)\/)?(\d\d-[\w-]+)\/README\.md$/.exec(path) ?? [];
  if (id !== undefined) return `/${tree ?? 'labs'}/${id}.md${hash}`;
  if (/(?:^|\/)CONTRIBUTING\.md$/.test(path)) return `/contributing.md${hash}`;
  const page = normalize(join(dirname(from), path)).replaceAll('\\', '/');
  const isPage = page.endsWith('.md') && !page.startsWith('..') && existsSync(join(docs, page));
  return isPage ? `/${page}${hash}` : undefined;
}

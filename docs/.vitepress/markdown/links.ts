import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';

const docs = join(import.meta.dirname, '..', '..');

/**
 * Pages are read in the checkout as well, where a link may lead to any file of it. The site has the pages only: a link to
 * the README of a lab, of a solution, or to CONTRIBUTING leads to its page here, and one to another file becomes its name.
 */
export function linksIntoTheCheckout(md: MarkdownRenderer): void {
  md.core.ruler.push('links-into-the-checkout', ({ tokens, env }) => {
    for (const { children } of tokens) {
      let asText = false;
      for (const token of children ?? []) {
        if (token.type === 'link_open') {
          const href = token.attrGet('href') ?? '';
          const page = pageOf(href, env.relativePath);
          asText = page === undefined;
          if (page === undefined) Object.assign(token, { tag: 'span', attrs: [['title', `in the workshop: ${href}`]] });
          else token.attrSet('href', page);
          if (asText) token.type = 'text_open';
        } else if (token.type === 'link_close' && asText) {
          Object.assign(token, { tag: 'span', type: 'text_close' });
          asText = false;
        }
      }
    }
  });
}

/** Where a link leads on the site; undefined where it leads to a file that is no page of it. */
function pageOf(href: string, from: string): string | undefined {
  if (/^(?:[a-z]+:|#|\/)/.test(href)) return href;
  const [path = '', anchor] = href.split('#');
  const hash = anchor === undefined ? '' : `#${anchor}`;
  const [, tree, id] = /(?:^|\/)(?:(labs|solutions)\/)?(\d\d-[\w-]+)\/README\.md$/.exec(path) ?? [];
  if (id !== undefined) return `/${tree ?? 'labs'}/${id}.md${hash}`;
  if (/(?:^|\/)CONTRIBUTING\.md$/.test(path)) return `/contributing.md${hash}`;
  const [, below] = /^(?:\.\.\/)*docs\/(.*)$/.exec(path) ?? [];
  const page = below ?? normalize(join(dirname(from), path)).replaceAll('\\', '/');
  if (page.startsWith('..') || !existsSync(join(docs, page))) return undefined;
  return `/${page}${hash}`;
}

import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { shownFile } from '../../write/shown-file.ts';
import { type Page, proseOf, root } from '../pages.ts';

/** A link in Markdown, in HTML, or in the front matter of the front page. */
const LINK =
  /\]\(([^)\s]+)(?:\s+"[^"]*")?\)|(?:src|href)=["']([^"']+)["']|^\s+(?:- )?(?:link|src|light|dark): (\S+)$|^\[[^\]]+\]: (\S+)|srcset=["']([^"' ]+)["']/g;

/**
 * Returns the links to files and headings that don't exist in this checkout, and those from a page to itself. Web
 * addresses aren't requested.
 */
export function brokenLinks(page: Page, pages: readonly Page[]): string[] {
  return proseOf(page).flatMap((text, index) =>
    [...text.matchAll(LINK)].flatMap((match) => {
      const target = match.slice(1).find((one) => one !== undefined) ?? '';
      if (/^[a-z]+:/.test(target)) return [];
      const problem = problemOf(target, page, pages);
      return problem === undefined ? [] : [`${page.path}:${index + 1} ${target}: ${problem}`];
    }),
  );
}

function problemOf(target: string, page: Page, pages: readonly Page[]): string | undefined {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? page.path : located(path, page.path);
  if (file === undefined) return 'no such file';
  const there = pages.find((other) => other.path === file);
  if (there !== undefined && shownFile(there.path, there.text) !== undefined)
    return 'its text is another file: link to that one';
  if (anchor === undefined) return file === page.path ? 'it is this page' : undefined;
  if (there === undefined) return 'it has no headings, since it is not a page';
  return anchorsOf(there).includes(anchor) ? undefined : `${file} has no such heading`;
}

/** Returns the file behind a link, relative to the checkout. A link of the site begins with `/` and can omit `.md`. */
function located(path: string, from: string): string | undefined {
  const plain = path.startsWith('/') ? join('docs', path) : join(dirname(from), path);
  return [
    plain,
    `${plain}.md`,
    join(plain, 'index.md'),
    plain.replace(/\.html$/, '.md'),
    plain.replace(/^docs/, 'docs/public'),
  ]
    .map((candidate) => normalize(candidate).replaceAll('\\', '/').replace(/\/$/, ''))
    .find((candidate) => existsSync(join(root, candidate)));
}

/** Returns the anchors that GitHub and the site give to a page's headings. */
export function anchorsOf(page: Page): string[] {
  const seen = new Map<string, number>();
  return proseOf(page).flatMap((text) => {
    const [, heading, given] = /^#{1,6}\s+(.*?)(?:\s*\{#([\w-]+)\})?\s*$/.exec(text) ?? [];
    if (heading === undefined) return [];
    const plain = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll(/[`*]/g, '');
    const slug =
      given ??
      plain
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(/\s/g, '-');
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return [count === 0 ? slug : `${slug}-${count}`];
  });
}

/** Returns the pictures without an alternative text. */
export function picturesWithoutWords(page: Page): string[] {
  const lines = proseOf(page);
  return lines.flatMap((text, index) => {
    const isBare = /!\[\s*\]\(|<img\b(?![^>]*\balt="[^"]+")/.test(text);
    const isBareBefore = /^\s+(?:src|dark): /.test(text) && !/^\s+alt: \S/.test(lines[index + 1] ?? '');
    return isBare || isBareBefore ? [`${page.path}:${index + 1} ${text.trim()}: it has no alternative text`] : [];
  });
}

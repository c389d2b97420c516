import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DefaultTheme } from 'vitepress';
import { type Page, root } from '../pages.ts';

/** A page of the site that the order of reading leaves out: nobody comes to it by reading on. The front page is no part of it. */
export function unreachedPage({ path }: Page, order: readonly DefaultTheme.SidebarItem[]): string[] {
  const [, name] = /^docs\/(.+)\.md$/.exec(path) ?? [];
  if (name === undefined || name === 'index' || linksOf(order).includes(`/${name}`)) return [];
  return [`${path}: it has no place in docs/.vitepress/reading-order.ts`];
}

/** What the order of reading names and there is not, or names twice. */
export function unwrittenPages(order: readonly DefaultTheme.SidebarItem[]): string[] {
  const links = linksOf(order);
  return links.flatMap((link, index) => {
    if (links.indexOf(link) !== index) return [`${link}: it has two places`];
    return existsSync(join(root, 'docs', `${link}.md`)) ? [] : [`${link}: there is no such page`];
  });
}

function linksOf(items: readonly DefaultTheme.SidebarItem[]): string[] {
  return items.flatMap(({ link, items: inner = [] }) => [...(link === undefined ? [] : [link]), ...linksOf(inner)]);
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DefaultTheme } from 'vitepress';
import { type Page, root } from '../pages.ts';

/** Returns a page of the site that is missing in the reading order. The front page isn't part of it. */
export function unreachedPage({ path }: Page, order: readonly DefaultTheme.SidebarItem[]): string[] {
  const [, name] = /^docs\/(.+)\.md$/.exec(path) ?? [];
  if (name === undefined || name === 'index' || linksOf(order).includes(`/${name}`)) return [];
  return [`${path}: it is missing in docs/.vitepress/reading-order.ts`];
}

/** Returns the pages of a reading order that don't exist, or that it names twice. */
export function unwrittenPages(order: readonly DefaultTheme.SidebarItem[]): string[] {
  const links = linksOf(order);
  return links.flatMap((link, index) => {
    if (links.indexOf(link) !== index) return [`${link}: it is named twice`];
    return existsSync(join(root, 'docs', `${link}.md`)) ? [] : [`${link}: no such page`];
  });
}

function linksOf(items: readonly DefaultTheme.SidebarItem[]): string[] {
  return items.flatMap(({ link, items: inner = [] }) => [...(link === undefined ? [] : [link]), ...linksOf(inner)]);
}

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';

const docs = join(import.meta.dirname, '..', '..');

/**
 * Puts the pictures of `docs/pictures` into the page itself, with the text beside them as their alternative: only so do
 * they follow the site's switch between light and dark. Seen as a file, a picture follows the system's.
 */
export function inlinePictures(md: MarkdownRenderer): void {
  const image = md.renderer.rules.image;
  md.renderer.rules.image = (tokens, index, options, env, self) => {
    const token = tokens[index];
    const source = token?.attrGet('src') ?? '';
    if (token === undefined || !/(?:^|\/)pictures\/[\w-]+\.svg$/.test(source))
      return image?.(tokens, index, options, env, self) ?? '';
    const file = join(docs, dirname(env.relativePath), source);
    const drawing = readFileSync(file, 'utf8')
      .replace(/<\?xml[^>]*\?>\s*/, '')
      .replace('<style>', `<component :is="'style'">`)
      .replace('</style>', '</component>')
      .replace('<svg ', `<svg role="img" aria-label="${md.utils.escapeHtml(token.content)}" `);
    // A picture wider than a phone is scrolled by itself, not with the page, by keys too.
    return `<span class="picture-frame" tabindex="0">${drawing}</span>`;
  };
}

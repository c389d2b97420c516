import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';

const docs = join(import.meta.dirname, '..', '..');

/**
 * Inlines the SVG pictures of `docs/pictures`, with their alternative text, so they follow the site's switch between
 * light and dark. As a file, a picture follows the system's setting.
 */
export function inlinePictures(md: MarkdownRenderer): void {
  const image = md.renderer.rules.image;
  md.renderer.rules.image = (tokens, index, options, env, self) => {
    const token = tokens[index];
    const source = token?.attrGet('src') ?? '';
    if (token === undefined || !/(?:^|\/)pictures\/(?:made\/)?[\w-]+\.svg$/.test(source))
      return image?.(tokens, index, options, env, self) ?? '';
    const file = join(docs, dirname(env.relativePath), source);
    const drawing = readFileSync(file, 'utf8')
      .replace(/<\?xml[^>]*\?>\s*/, '')
      .replace('<style>', `<component :is="'style'">`)
      .replace('</style>', '</component>')
      .replace('<svg ', `<svg role="img" aria-label="${md.utils.escapeHtml(token.content)}" `);
    // A picture wider than a phone scrolls on its own, also with the keyboard.
    return `<span class="picture-frame" tabindex="0">${drawing}</span>`;
  };
}

import type { MarkdownRenderer } from 'vitepress';

/**
 * Lets the site's switch between light and dark decide which picture of a `<picture>` is shown. On its own, the element
 * follows the system's setting, which is right on GitHub.
 */
export function schemes(md: MarkdownRenderer): void {
  const block = md.renderer.rules.html_block;
  md.renderer.rules.html_block = (...args) =>
    (block?.(...args) ?? '').replaceAll(
      /<picture>\s*<source media="\(prefers-color-scheme: dark\)" srcset="([^"]+)">\s*<img src="([^"]+)"([^>]*)>\s*<\/picture>/g,
      (_picture, dark: string, light: string, rest: string) =>
        `<img class="when-light" src="${light}"${rest}><img class="when-dark" src="${dark}"${rest}>`,
    );
}

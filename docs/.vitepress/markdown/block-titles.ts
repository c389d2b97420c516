import type { MarkdownRenderer } from 'vitepress';

/** Shows what stands in brackets after a block's language: the file that it is an excerpt of, or where it is run. */
export function blockTitles(md: MarkdownRenderer): void {
  const fence = md.renderer.rules.fence;
  md.renderer.rules.fence = (tokens, index, options, env, self) => {
    const block = fence?.(tokens, index, options, env, self) ?? '';
    const title = /\[([^\]]+)\]\s*$/.exec(tokens[index]?.info ?? '')?.[1];
    if (title === undefined || title === 'message') return block;
    return `<div class="titled-block"><p class="block-title">${md.utils.escapeHtml(title)}</p>${block}</div>`;
  };
}

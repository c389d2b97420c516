import type { MarkdownRenderer } from 'vitepress';

/**
 * Shows what stands in brackets after a block's language, the file that it is an excerpt of or where it is run, and
 * tells the commands of a ```console block from what they print.
 */
export function blocks(md: MarkdownRenderer): void {
  const fence = md.renderer.rules.fence;
  md.renderer.rules.fence = (tokens, index, options, env, self) => {
    // Before the block is rendered, for that takes the title away.
    const { info = '' } = tokens[index] ?? {};
    const title = /\[([^\]]+)\]\s*$/.exec(info)?.[1];
    const rendered = fence?.(tokens, index, options, env, self) ?? '';
    const block = info.startsWith('console') ? withCommands(rendered) : rendered;
    if (title === undefined || title === 'message') return block;
    return `<div class="titled-block"><p class="block-title">${md.utils.escapeHtml(title)}</p>${block}</div>`;
  };
}

/** `$ command`, and `> ` where it goes on: such a line has a class of its own. */
function withCommands(block: string): string {
  return block.replaceAll(/<span class="line">(?=<span[^>]*>(?:\$|>|&gt;)(?: |<))/g, '<span class="line command">');
}

import type { MarkdownRenderer } from 'vitepress';

const OTHER = 'PowerShell';

type Token = ReturnType<MarkdownRenderer['parse']>[number];

/**
 * Shows a block of commands and the one for another shell below it as tabs. On GitHub they are two blocks, and the
 * words between them say which shell the second is for:
 *
 * 1. a block,
 * 2. the paragraph `In PowerShell:`,
 * 3. a block with `[PowerShell]` after its language.
 */
export function shells(md: MarkdownRenderer): void {
  md.core.ruler.push('shells', (state) => {
    const { tokens } = state;
    for (let index = tokens.length - 1; index >= 4; index -= 1) {
      const [block, , words, , other] = tokens.slice(index - 4, index + 1);
      if (block?.type !== 'fence' || words?.content !== `In ${OTHER}:` || !isForOther(other)) continue;
      // VitePress marks the tab that is open at first so.
      block.info += ' active';
      const html = (content: string): Token => Object.assign(new state.Token('html_block', '', 0), { content });
      const begin = html(`<div class="vp-code-group vp-adaptive-theme">${tabs(index)}<div class="blocks">`);
      tokens.splice(index - 4, 5, begin, block, other, html('</div></div>'));
    }
  });
}

function isForOther(token: Token | undefined): token is Token {
  return token?.type === 'fence' && token.info.endsWith(`[${OTHER}]`);
}

function tabs(group: number): string {
  const inputs = ['macOS, Linux', OTHER].map((name, index) => {
    const id = `shell-${group}-${index}`;
    const checked = index === 0 ? ' checked' : '';
    return `<input type="radio" name="shell-${group}" id="${id}"${checked}><label for="${id}">${name}</label>`;
  });
  return `<div class="tabs">${inputs.join('')}</div>`;
}

import type { MarkdownRenderer } from 'vitepress';

/** Longer words can break; otherwise they'd be wider than a phone. */
const LONGEST = 24;

/**
 * Keeps words of inline code whole: a browser would break `--all` after its first dash. Long words can break after
 * punctuation, where browsers see no opportunity, as in `{"action":"sendmessage"}`.
 */
export function wholeWords(md: MarkdownRenderer): void {
  md.renderer.rules.code_inline = (tokens, index) => {
    const words = (tokens[index]?.content ?? '').split(' ').map((word) => {
      const text = md.utils.escapeHtml(word);
      if (word.length > LONGEST) return text.replaceAll(/[,/:](?=[^,/:])/g, '$&<wbr>');
      return word.includes('-') ? `<span class="whole">${text}</span>` : text;
    });
    // Vue must not interpret it.
    return `<code v-pre>${words.join(' ')}</code>`;
  };
}

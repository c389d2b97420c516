import type { MarkdownRenderer } from 'vitepress';

/** A longer word may break, or it would be wider than a phone. */
const LONGEST = 24;

/**
 * Keeps the words of code in a line of text whole: a browser would break `--all` after its first dash. A long one may
 * break where it has a mark between two parts: a browser sees none in `{"action":"sendmessage"}`.
 */
export function wholeWords(md: MarkdownRenderer): void {
  md.renderer.rules.code_inline = (tokens, index) => {
    const words = (tokens[index]?.content ?? '').split(' ').map((word) => {
      const text = md.utils.escapeHtml(word);
      if (word.length > LONGEST) return text.replaceAll(/[,/:](?=[^,/:])/g, '$&<wbr>');
      return word.includes('-') ? `<span class="whole">${text}</span>` : text;
    });
    // Nothing in it is meant for Vue.
    return `<code v-pre>${words.join(' ')}</code>`;
  };
}

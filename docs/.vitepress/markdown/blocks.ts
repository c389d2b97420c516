import type { MarkdownRenderer } from 'vitepress';

/**
 * Shows the text in brackets after a block's language: the file it is an excerpt of, or where it runs. Marks the
 * commands and the verdicts of a ```console block, and shows a ```diff of a file in that file's own colors, with its
 * changed lines marked.
 */
export function blocks(md: MarkdownRenderer): void {
  const fence = md.renderer.rules.fence;
  md.renderer.rules.fence = (tokens, index, options, env, self) => {
    const token = tokens[index];
    // Read before the block is rendered, which removes the title.
    const { info = '', content = '' } = token ?? {};
    const title = /\[([^\]]+)\]\s*$/.exec(info)?.[1];
    const isDiff = token !== undefined && title !== undefined && info.startsWith('diff');
    if (isDiff) {
      token.info = title.replace(/^.*\./, '');
      token.content = content.replaceAll(/^./gm, '');
    }
    const rendered = fence?.(tokens, index, options, env, self) ?? '';
    if (isDiff) return titled('titled-block diff-block', title, withChanges(rendered, content));
    const block = info.startsWith('console') ? withKinds(rendered) : rendered;
    return title === undefined || UNTITLED.includes(title) ? block : titled('titled-block', title, block);
  };
  const titled = (classes: string, title: string, block: string) =>
    `<div class="${classes}"><p class="block-title">${md.utils.escapeHtml(title)}</p>${block}</div>`;
}

/** Titles that are shown elsewhere: a message by the text around it, a shell by its tab. */
const UNTITLED = ['message', 'PowerShell'];

/** The beginnings of a ```console block's lines, and their classes: those that a terminal shows in color or bold. */
const KINDS: ReadonlyArray<readonly [RegExp, string]> = [
  [/^(?:\$|>|&gt;) /, 'command'],
  [/^ *✗ /, 'wrong'],
  [/^ *✓ /, 'right'],
  [/^… \S/, 'waiting'],
  [/^(?:→| *▸) /, 'marked'],
];

function withKinds(block: string): string {
  return block.replaceAll(/<span class="line">(?=(?:<span[^>]*>)([^<]*))/g, (line, text: string) => {
    const kind = KINDS.find(([pattern]) => pattern.test(text))?.[1];
    return kind === undefined ? line : `<span class="line ${kind}">`;
  });
}

/** Gives the lines of a rendered diff the classes that VitePress styles: those of its own `[!code ++]`. */
function withChanges(block: string, diff: string): string {
  const classes: Readonly<Record<string, string>> = { '+': ' diff add', '-': ' diff remove' };
  const marks = diff.split('\n').map((line) => classes[line.charAt(0)] ?? '');
  let line = 0;
  return block
    .replace('<pre class="', '<pre class="has-diff ')
    .replaceAll('<span class="line">', () => `<span class="line${marks[line++] ?? ''}">`);
}

import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** The checkout. */
export const root = join(import.meta.dirname, '..', '..');

/** A page: its path relative to the checkout, with `/`, and its text. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

/** A fenced block of a page. */
export interface Block {
  /** The first word after the fence: `console`. */
  readonly language: string;
  /** The text in brackets after it: a file's name, or what the block is about. */
  readonly title?: string;
  readonly lines: readonly string[];
  /** The line of the fence, counted from 1. */
  readonly line: number;
}

/** Returns all pages for readers: at the top, in `docs/`, and in the labs and their solutions. */
export async function allPages(): Promise<Page[]> {
  const paths = ['README.md', 'AGENTS.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'checker/labs/README.md'];
  for (const folder of ['docs', 'labs', 'solutions']) {
    for (const entry of await readdir(join(root, folder), { recursive: true, withFileTypes: true })) {
      const path = relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/');
      if (entry.isFile() && path.endsWith('.md') && !/node_modules|cdk\.out|\.vitepress|docs\/test\//.test(path))
        paths.push(path);
    }
  }
  return Promise.all(paths.map(readPage));
}

export async function readPage(path: string): Promise<Page> {
  return { path, text: (await readFile(join(root, path), 'utf8')).replaceAll('\r\n', '\n') };
}

/** Returns the fenced blocks of a page, in order, without the indentation of a fence in a list. */
export function blocksOf({ text }: Pick<Page, 'text'>): Block[] {
  const blocks: Block[] = [];
  let open:
    | { indent: string; fence: string; language: string; title?: string; lines: string[]; line: number }
    | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    if (open === undefined) {
      const [, indent = '', fence, language = '', title] =
        /^(\s*)(`{3,})\s*([\w-]*)[^[]*(?:\[([^\]]*)\])?/.exec(line) ?? [];
      if (fence !== undefined)
        open = { indent, fence, language, ...(title === undefined ? {} : { title }), lines: [], line: index + 1 };
    } else if (line.trim() === open.fence) {
      const { indent: _indent, fence: _fence, ...block } = open;
      blocks.push(block);
      open = undefined;
    } else {
      open.lines.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line);
    }
  }
  return blocks;
}

/** Returns the lines of a page, with those of fenced blocks empty, so line numbers stay the same. */
export function proseOf({ text }: Pick<Page, 'text'>): string[] {
  let fence: string | undefined;
  return text.split('\n').map((line) => {
    const mark = /^\s*(`{3,})/.exec(line)?.[1];
    if (fence === undefined && mark !== undefined) {
      fence = mark;
      return '';
    }
    if (fence === undefined) return line;
    if (line.trim() === fence) fence = undefined;
    return '';
  });
}

/** A piece of code in a page: in backticks in its text, or a line of a block. */
export interface Code {
  readonly text: string;
  readonly line: number;
  /** Undefined if it is in the text. */
  readonly block?: Block;
}

export function codeOf(page: Page): Code[] {
  const blocks = blocksOf(page).flatMap((block) =>
    block.lines.map((text, index) => ({ text, line: block.line + 1 + index, block })),
  );
  const prose = proseOf(page).flatMap((line, index) =>
    [...line.matchAll(/(?<!`)`([^`]+)`(?!`)/g)].map(([, text = '']) => ({ text, line: index + 1 })),
  );
  return [...blocks, ...prose];
}

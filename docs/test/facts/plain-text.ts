import { blocksOf, type Page, proseOf } from '../pages.ts';

/** What is code wherever it stands. Only between backticks is it looked up. */
const CODE = [
  /\bnpx (?:lab|cdk|vitest)\b|\bnpm (?:ci|run|start|test)\b/,
  /(?<![\w-])--[a-z][\w-]+/,
  /(?<![\w./-])(?:app|bench|checker|docs|fuzz|labs|sandbox|solutions|tests)\/[\w./-]*\w/,
  /(?<![\w-])[a-z][a-z0-9-]+:[A-Z][A-Za-z]+/,
  /\bAWS::\w+::\w+/,
].map((pattern) => new RegExp(pattern, 'g'));

/** Commands, flags, paths, actions and resource types without backticks, and a backtick whose other is on another line. */
export function codeInPlainText(page: Page): string[] {
  return proseOf({ text: withoutComments(page.text) }).flatMap((line, index) => {
    const plain = line
      .replaceAll(/(?<!`)`[^`]+`(?!`)/g, '')
      // A link is looked up by where it leads, an address on the web not at all.
      .replaceAll(/\[[^\]]*\]\([^)]*\)|\bhttps?:\/\/\S+/g, '');
    const found = [...CODE.flatMap((pattern) => plain.match(pattern) ?? []), ...(plain.match(/`/g) ?? [])];
    return found.map((code) => `${page.path}:${index + 1} ${code}: put it between backticks, on one line`);
  });
}

/** With the lines kept. */
function withoutComments(text: string): string {
  return text.replaceAll(/<!--[\s\S]*?-->/g, (comment) => comment.replaceAll(/[^\n]/g, ''));
}

/** What kind of block the other facts, or the run of a page, look at. Without a language it is a drawing or an address. */
const KINDS = ['', 'console', 'sh', 'ts', 'js', 'html', 'css', 'diff', 'text', 'json'];

/** Blocks that nothing looks at, such as commands in `bash`, which are not run either. */
export function uncheckedBlocks(page: Page): string[] {
  return blocksOf(page)
    .filter(({ language }) => !KINDS.includes(language))
    .map(({ language, line }) => `${page.path}:${line} ${language}: no test looks at such a block`);
}

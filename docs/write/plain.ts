import { posix } from 'node:path';
import { marksOf } from './copies.ts';

/** An include of VitePress: `<!--@include: ../../labs/01-missing-route/README.md#task-->`. */
const INCLUDE = /^<!--@include: (\S+?)(?:#(\w+))?-->$/m;

/**
 * Returns a page with VitePress's syntax for folded parts and included files as Markdown that GitHub reads too:
 * `<details>`, a copy between two marks, or, if the whole page is one file, a link to that file.
 */
export function inPlainMarkdown(path: string, text: string): string {
  const folded = text.replaceAll(
    /^::: details (.*)\n([\s\S]*?)\n:::$/gm,
    (_, summary: string, inner: string) => `<details>\n<summary>${summary}</summary>\n\n${inner}\n\n</details>`,
  );
  const [include, target, region] = INCLUDE.exec(folded) ?? [];
  if (include === undefined || target === undefined) return folded;
  const file = posix.join(posix.dirname(path), target);
  if (region === undefined) return `This page is [${file}](${target}).\n`;
  return inPlainMarkdown(
    path,
    folded.replace(include, () => marksOf(region, file)),
  );
}

import { posix } from 'node:path';

// Parts of a page that are written in another file: `npm run docs:write` copies them, so a page is whole wherever it is
// read.

/** `<!-- task: begin, copied from labs/01-missing-route/README.md by … -->`, the copy, `<!-- task: end -->`. */
const COPY = /^(<!-- (\w+): begin, copied from (\S+) by `npm run docs:write` -->\n)[\s\S]*?^(<!-- \2: end -->)$/gm;

/** Returns the two lines that a region of a file is copied between. */
export function marksOf(region: string, file: string): string {
  return `<!-- ${region}: begin, copied from ${file} by \`npm run docs:write\` -->\n<!-- ${region}: end -->`;
}

/** Returns a page with its copies up to date. Throws if a file that it copies from, or the region in it, is missing. */
export function withCopies(path: string, text: string, textOf: (path: string) => string | undefined): string {
  return text.replaceAll(COPY, (_, begin: string, region: string, file: string, end: string) => {
    const mark = (name: string) => `<!-- #${name} ${region} -->\n`;
    const [, copied] = (textOf(file) ?? '').split(new RegExp(`${mark('region')}|${mark('endregion')}`));
    if (copied === undefined) throw new Error(`${path} copies the region "${region}", which ${file} does not have.`);
    return `${begin}\n${relinked(copied.trim(), file, path)}\n\n${end}`;
  });
}

/** Returns Markdown of the file `from` with its relative links as they are from the file `to`. */
export function relinked(text: string, from: string, to: string): string {
  return text
    .split(/(^```[\s\S]*?^```)/m)
    .map((part, index) =>
      index % 2 === 1
        ? part
        : part.replaceAll(/\]\((?![a-z]+:|[#/])([^)\s#]+)/g, (_, target: string) => {
            const file = posix.join(posix.dirname(from), target);
            return `](${posix.relative(posix.dirname(to), file)}`;
          }),
    )
    .join('');
}

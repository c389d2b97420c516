import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { blocksOf, type Page, root } from '../pages.ts';

/**
 * Excerpts that are not in the file they show. A block of code has its file's name in brackets after the language,
 * and its lines stand in that file together, but for indentation; a line of `…`, also as a comment, leaves lines out.
 */
export async function wrongExcerpts(page: Page): Promise<string[]> {
  const wrong: string[] = [];
  for (const { language, title, lines, line } of blocksOf(page)) {
    if (!['ts', 'js', 'html', 'css'].includes(language)) continue;
    const where = `${page.path}:${line}`;
    if (title === undefined)
      wrong.push(`${where}: code without the name of its file: \`\`\`${language} [labs/…/stack.ts]`);
    else if (!existsSync(join(root, title))) wrong.push(`${where}: there is no ${title}`);
    else {
      const missing = missingFrom(await readFile(join(root, title), 'utf8'), lines);
      if (missing !== undefined) wrong.push(`${where}: ${title} does not have, at that place: ${missing}`);
    }
  }
  return wrong;
}

function missingFrom(text: string, shown: readonly string[]): string | undefined {
  const file = text.split(/\r?\n/).map((line) => line.trim());
  let from = 0;
  for (const part of parts(shown)) {
    const at = file.findIndex(
      (_, index) => index >= from && part.every((line, offset) => file[index + offset] === line),
    );
    if (at === -1) return part[0];
    from = at + part.length;
  }
  return undefined;
}

/** Runs of lines between those of `…`. */
function parts(lines: readonly string[]): string[][] {
  const all: string[][] = [[]];
  for (const line of lines.map((one) => one.trim())) {
    if (/^(?:\/\/ |\/\* |<!-- )?…/.test(line)) all.push([]);
    else all.at(-1)?.push(line);
  }
  return all.filter((part) => part.some((line) => line !== ''));
}

/**
 * Messages in a page on troubleshooting that no program here says. They stand in ```text blocks titled `message`; `…`
 * stands for what varies, and each piece between must be in our sources, or in the block's named package.
 */
export async function unsaidMessages(page: Page): Promise<string[]> {
  const blocks = blocksOf(page).filter(({ title }) => title === 'message');
  if (blocks.length === 0) return [];
  const said = await sources();
  return blocks.flatMap(({ lines, line }) =>
    lines
      .flatMap((text) => text.split('…').map((piece) => piece.trim()))
      .filter((piece) => piece.length > 3 && !said.includes(piece.replaceAll(/\s+/g, ' ')))
      .map((piece) => `${page.path}:${line}: nothing here says "${piece}"`),
  );
}

/** Our sources in one line each, with what a template puts in left out, so that a message over two pieces is found. */
async function sources(): Promise<string> {
  const texts: string[] = [];
  for (const folder of ['checker', 'sandbox', 'app']) {
    for (const entry of await readdir(join(root, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/(?<!\.test)\.(?:ts|mjs|js|html)$/.test(entry.name)) continue;
      texts.push(await readFile(join(entry.parentPath, entry.name), 'utf8'));
    }
  }
  return texts
    .join('\n')
    .replaceAll(/['"`] \+\s*['"`]|\\(?=[`'"])/g, '')
    .replaceAll(/\s+/g, ' ');
}

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { blocksOf, type Page, root } from '../pages.ts';

/**
 * Returns the excerpts that aren't in their file. A block of code has its file's name in brackets after the language,
 * and its lines are in that file, one after the other, apart from indentation. A line of `…`, also as a comment, skips
 * lines.
 */
export async function wrongExcerpts(page: Page): Promise<string[]> {
  const wrong: string[] = [];
  for (const { language, title, lines, line } of blocksOf(page)) {
    if (!['ts', 'js', 'html', 'css'].includes(language)) continue;
    const where = `${page.path}:${line}`;
    if (title === undefined)
      wrong.push(`${where}: code without the name of its file: \`\`\`${language} [labs/…/stack.ts]`);
    else if (!existsSync(join(root, title))) wrong.push(`${where}: ${title} does not exist`);
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

/** Returns the groups of lines between the lines of `…`. */
function parts(lines: readonly string[]): string[][] {
  const all: string[][] = [[]];
  for (const line of lines.map((one) => one.trim())) {
    if (/^(?:\/\/ |\/\* |<!-- )?…/.test(line)) all.push([]);
    else all.at(-1)?.push(line);
  }
  return all.filter((part) => part.some((line) => line !== ''));
}

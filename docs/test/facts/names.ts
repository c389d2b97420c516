import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { labs } from '../../../checker/workshop/labs.ts';
import { codeOf, type Page, root } from '../pages.ts';

/** Returns the uses of `npm run x` with a script that package.json doesn't have. */
export async function unknownScripts(page: Page): Promise<string[]> {
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  return codeOf(page).flatMap(({ text, line }) =>
    [...text.matchAll(/\bnpm run (?:--?[\w-]+ )*([\w:-]+)/g)]
      .filter(([, name = '']) => !Object.hasOwn(scripts, name))
      .map(([, name]) => `${page.path}:${line} npm run ${name}: package.json has no such script`),
  );
}

const FOLDERS = ['app', 'bench', 'checker', 'docs', 'fuzz', 'labs', 'sandbox', 'solutions', 'tests', '.github', '.ci'];

/**
 * Returns the paths in backticks that begin with a folder of the checkout and don't exist. `NN-name`, `<…>` and `*` are
 * placeholders.
 */
export function missingPaths(page: Page): string[] {
  return codeOf(page).flatMap(({ text, line, block }) => {
    const path = text.replace(/:\d+$/, '').replace(/\/$/, '');
    const isPath =
      block === undefined && FOLDERS.some((folder) => text === `${folder}/` || text.startsWith(`${folder}/`));
    if (!isPath || /[*<>{}…\s]|NN|name/.test(path)) return [];
    const there = existsSync(join(root, path)) || existsSync(join(root, dirname(page.path), path));
    return there ? [] : [`${page.path}:${line} ${text}: no such file`];
  });
}

/** Returns the ids, `01-missing-route`, and numbers, lab 1, of labs that don't exist. */
export function unknownLabs(page: Page): string[] {
  return page.text
    .split('\n')
    .flatMap((text, index) =>
      [...text.matchAll(/(?<![\w./-])(\d\d-[a-z]+(?:-[a-z]+)+)\b|(?<!\w)labs? (\d+)(?![\w-])/gi)]
        .filter(
          ([, id, number]) => !labs.some((lab) => lab.id === id || Number.parseInt(lab.id, 10) === Number(number)),
        )
        .map(([name, id]) => `${page.path}:${index + 1} ${id ?? name}: no such lab`),
    );
}

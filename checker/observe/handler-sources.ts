import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Place } from '../checking/check.ts';

/** How much to read, in characters: more than any workshop lab has. */
const MOST = 400_000;

/** Returns the paths of the learner's handlers: those in the lab's own folder first, then those in `app/functions/`. */
export function handlerFiles({ labFolder }: { readonly labFolder: string }): string[] {
  return [join(labFolder, 'functions'), join(labFolder, '..', '..', 'app', 'functions')].flatMap((folder) =>
    filesIn(folder),
  );
}

/** Returns the paths of the lab's other files: its stack, and what that imports. */
export function stackFiles({ labFolder }: { readonly labFolder: string }): string[] {
  return filesIn(labFolder, ['functions', 'cdk.out']);
}

/**
 * Returns the texts of the learner's handlers, and last those of the lab's other files: a stack can configure a
 * handler.
 */
export function handlerSources(lab: { readonly labFolder: string }): string[] {
  const files = [...handlerFiles(lab), ...stackFiles(lab)];
  const texts: string[] = [];
  let length = 0;
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    length += text.length;
    if (length > MOST) break;
    texts.push(text);
  }
  return texts;
}

/** Finds the first line of the learner's files with a text; its path is relative to the workshop's folder. */
export function lineWith(
  { root, labFolder }: { readonly root: string; readonly labFolder: string },
  text: string,
): Place | undefined {
  for (const file of [...handlerFiles({ labFolder }), ...stackFiles({ labFolder })]) {
    const line = readFileSync(file, 'utf8')
      .split('\n')
      .findIndex((each) => each.includes(text));
    if (line !== -1) return { file: relative(root, file).split(sep).join('/'), line: line + 1 };
  }
  return undefined;
}

function filesIn(folder: string, except: readonly string[] = []): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true }).filter(
    ({ name }) => name !== 'node_modules' && !except.includes(name),
  );
  return entries
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesIn(path);
      return entry.isFile() && /\.[cm]?[jt]sx?$/.test(entry.name) && !/\.test\.\w+$/.test(entry.name) ? [path] : [];
    })
    .sort();
}

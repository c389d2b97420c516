import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { HandlerLine, Place } from '../checking/check.ts';
import { isStack } from '../probe/source-words.ts';
import { shownPath } from '../workshop/own-labs/home.ts';
import { escaped } from './escaped.ts';
import { handlerFiles, stackFiles } from './handler-sources.ts';

const HANDLER = /\bexport\b.*\bhandler\b/;

/**
 * Returns the line of a handler that a check points at, in the lab's own `functions/` or, if the lab has no such file,
 * in `app/functions/`; undefined if neither has it. A learner can move the handler, or a part of it, so if it has none
 * of the texts, or the stack doesn't name it, the lab's other files can have them. Comments and imports are skipped. If
 * the line has a function, undefined if that can't be the function's file, or if no text is found.
 */
export function locateHandler(
  { root, labFolder }: { readonly root: string; readonly labFolder: string },
  { handler, near, anywhere = [], of }: HandlerLine,
): Place | undefined {
  const folders = [join(labFolder, 'functions'), join(labFolder, '..', '..', 'app', 'functions')];
  const own = folders.map((folder) => join(folder, handler)).find((path) => existsSync(path));
  const isDeployed = isNamed(labFolder, handler);
  const file = of === undefined || isDeployed ? own : undefined;
  const files = file === undefined ? [] : [file];
  const placeIn = (paths: readonly string[], texts: readonly string[]): Place | undefined => {
    const all = paths.map((path) => ({ path, lines: codeIn(path) }));
    for (const text of texts) {
      for (const { path, lines } of all) {
        const index = lines.findIndex((line) => line.includes(text));
        if (index !== -1) return { file: shownPath(root, path), line: index + 1 };
      }
    }
    return undefined;
  };
  const telling = anywhere.length === 0 ? [] : [...files, ...handlerFiles({ labFolder })];
  const others = of === undefined ? codeFiles(labFolder).map((paths) => paths.filter((path) => path !== file)) : [];
  const groups = isDeployed ? [files, ...others] : [...others, files];
  const found =
    placeIn(telling, anywhere) ?? groups.map((paths) => placeIn(paths, near)).find((place) => place !== undefined);
  if (found !== undefined || file === undefined || of !== undefined) return found;
  return placeOfHandler(root, file);
}

/** Returns the lab's files that aren't about its stack: those outside of `functions/`, and those in there. */
function codeFiles(labFolder: string): string[][] {
  const isOwn = (path: string) => path.startsWith(join(labFolder, 'functions', '/'));
  return [
    stackFiles({ labFolder }).filter((path) => !isStack(readFileSync(path, 'utf8'))),
    handlerFiles({ labFolder }).filter(isOwn),
  ];
}

/**
 * Whether the lab's stack names a handler's file, with or without its ending: `join(functions, 'channels/connect.ts')`,
 * `'functions/channels/connect'`. A file with that name in another folder is another handler.
 */
function isNamed(labFolder: string, handler: string): boolean {
  const named = naming(handler);
  return stackFiles({ labFolder }).some((file) => named.test(codeIn(file).join('\n')));
}

/** Returns what matches code that names a file by this path, as `isNamed` looks for it. */
export function naming(file: string): RegExp {
  const path = file.slice(0, file.length - extname(file).length).split('/');
  const within = path.map((part) => escaped(part)).join(String.raw`(?:/|${QUOTE}\s*,\s*${QUOTE})`);
  return new RegExp(String.raw`(?:${QUOTE}|\bfunctions/|\}/|\./)${within}(?:\.\w+)?${QUOTE}`);
}

/** Returns the line of a file that exports the handler; its first one if none does. */
export function placeOfHandler(root: string, path: string): Place {
  const index = codeIn(path).findIndex((line) => HANDLER.test(line));
  return { file: shownPath(root, path), line: Math.max(0, index) + 1 };
}

const QUOTE = '[\'"`]';

/** Returns the lines of a file, with comments and import statements blanked: importing something isn't using it. */
export function codeIn(path: string): string[] {
  let isImport = false;
  return readFileSync(path, 'utf8')
    .split('\n')
    .map((line) => {
      isImport ||= /^import\b/.test(line);
      const shown = isImport || /^\s*(\/\/|\/?\*)/.test(line) ? '' : line;
      if (/['"];?\s*$/.test(line)) isImport = false;
      return shown;
    });
}

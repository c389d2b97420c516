import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HandlerLine, Place } from '../checking/check.ts';
import { shownPath } from '../workshop/own-labs/home.ts';

/**
 * Returns the line of a handler that a check points at, in the lab's own `functions/` or, if the lab has no such file,
 * in `app/functions/`; undefined if neither has it. Comments and imports are skipped.
 */
export function locateHandler(
  { root, labFolder }: { readonly root: string; readonly labFolder: string },
  { handler, near }: HandlerLine,
): Place | undefined {
  const folders = [join(labFolder, 'functions'), join(labFolder, '..', '..', 'app', 'functions')];
  const file = folders.map((folder) => join(folder, handler)).find((path) => existsSync(path));
  if (file === undefined) return undefined;
  const lines = withoutImports(readFileSync(file, 'utf8').split('\n'));
  const lineWith = (text: string | RegExp) =>
    lines.findIndex((line) => !/^\s*(\/\/|\/?\*)/.test(line) && line.search(text) !== -1);
  const found = [...near.map(escaped), /\bexport\b.*\bhandler\b/].map(lineWith).find((index) => index !== -1);
  return { file: shownPath(root, file), line: (found ?? 0) + 1 };
}

function escaped(text: string): RegExp {
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
}

/** Returns the same lines, with import statements blanked: importing something isn't using it. */
function withoutImports(lines: readonly string[]): string[] {
  let isImport = false;
  return lines.map((line) => {
    isImport ||= /^import\b/.test(line);
    const shown = isImport ? '' : line;
    if (/['"];?\s*$/.test(line)) isImport = false;
    return shown;
  });
}

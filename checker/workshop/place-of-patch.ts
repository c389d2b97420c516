import { parsePatch } from 'diff';
import type { Place } from '../checking/check.ts';
import { patchedPath } from './lab-files.ts';

/**
 * Returns where a patch makes its first change, `labs/01-missing-route/stack.ts:47`, in the file as it is now. Imports
 * and comments come first but explain nothing, so they count only if nothing else changes.
 */
export function placeOfPatch(patch: readonly string[]): Place | undefined {
  const changes: Array<Place & { readonly isAside: boolean }> = [];
  for (const part of parsePatch(patch.join('\n'))) {
    const file = patchedPath(part);
    for (const { oldStart, lines } of part.hunks) {
      let line = oldStart;
      for (const [index, text] of lines.entries()) {
        const isAside = /^.(?:import\b|\s*\/\/|$)/.test(text) || isInImport(lines.slice(index));
        if (/^[-+]/.test(text)) changes.push({ file, line, isAside });
        if (/^[- ]/.test(text)) line += 1;
      }
    }
  }
  const first = changes.find(({ isAside }) => !isAside) ?? changes[0];
  return first && { file: first.file, line: first.line };
}

/** Whether the first of these lines is in an import of several lines: names up to where they come from. */
function isInImport(lines: readonly string[]): boolean {
  const end = lines.find((line) => !/^.\s*(?:type )?\w+(?: as \w+)?,?$/.test(line));
  return end !== undefined && /^.\} from ['"]/.test(end);
}

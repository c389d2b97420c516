import { parsePatch } from 'diff';
import type { Place } from '../checking/check.ts';
import { patchedPath } from './lab-files.ts';

/**
 * Returns where a patch makes its first change, `labs/01-missing-route/stack.ts:47`, in the file as it is now. Imports
 * of one line and comments come first but explain nothing, so they count only if nothing else changes.
 */
export function placeOfPatch(patch: readonly string[]): Place | undefined {
  const changes: Array<Place & { readonly isAside: boolean }> = [];
  for (const part of parsePatch(patch.join('\n'))) {
    const file = patchedPath(part);
    for (const { oldStart, lines } of part.hunks) {
      let line = oldStart;
      for (const text of lines) {
        if (/^[-+]/.test(text)) changes.push({ file, line, isAside: /^[-+](?:import\b|\s*\/\/|$)/.test(text) });
        if (/^[- ]/.test(text)) line += 1;
      }
    }
  }
  const first = changes.find(({ isAside }) => !isAside) ?? changes[0];
  return first && { file: first.file, line: first.line };
}

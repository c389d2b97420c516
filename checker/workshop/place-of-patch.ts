import type { Place } from '../checking/check.ts';

/**
 * Returns where a patch makes its first change, `labs/01-missing-route/stack.ts:47`, in the file as it is now. Imports
 * come first but explain nothing, so they count only if nothing else changes.
 */
export function placeOfPatch(patch: readonly string[]): Place | undefined {
  const changes: Array<Place & { readonly isImport: boolean }> = [];
  let file = '';
  let line = 0;
  for (const text of patch) {
    const [, path] = /^(?:--- a|\+\+\+ b)\/(.+?)\t?$/.exec(text) ?? [];
    const [, start] = /^@@ -(\d+)/.exec(text) ?? [];
    if (/^(?:---|\+\+\+) /.test(text)) file = path ?? file;
    // A new file begins at 0.
    else if (start !== undefined) line = Math.max(1, Number(start));
    else {
      if (/^[-+]/.test(text)) changes.push({ file, line, isImport: /^[-+](?:import\b|$)/.test(text) });
      if (!/^[+\\]/.test(text)) line += 1;
    }
  }
  const first = changes.find(({ isImport }) => !isImport) ?? changes[0];
  return first && { file: first.file, line: first.line };
}

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Place } from '../checking/check.ts';

/** A line of a file, and a URL that opens it in the editor. */
export interface EditorPlace extends Place {
  /** `vscode://file/…/stack.ts:30` (https://code.visualstudio.com/docs/configure/command-line#_opening-vs-code-with-urls). */
  readonly editor: string;
}

/** Returns a place with the URL that opens it. */
export function editorPlace(root: string, place: Place): EditorPlace {
  const { pathname } = pathToFileURL(join(root, place.file));
  return { ...place, editor: `vscode://file${pathname}:${place.line}` };
}

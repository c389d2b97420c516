import { join, relative, sep } from 'node:path';
import type { Place } from '../checking/check.ts';
import { handlerFiles, stackFiles } from './handler-sources.ts';
import { codeIn, naming, placeOfHandler } from './locate-handler.ts';

/** How many lines the statement that creates a function can have. */
const LONGEST = 40;

/**
 * Returns where a function's code begins: the line that exports the handler, in the file that the statement at this
 * line of `stack.ts` names, from `app/functions/` in the labs' stacks. The lab's own files come before those in
 * `app/functions/`, of which `unlessRooms` is left out. Undefined if the statement names none of these files.
 */
export function locateEntry(
  { root, labFolder }: { readonly root: string; readonly labFolder: string },
  line: number,
  unlessRooms?: string,
): Place | undefined {
  const after = codeIn(join(labFolder, 'stack.ts')).slice(line - 1, line - 1 + LONGEST);
  const end = after.findIndex((each) => /;\s*$/.test(each));
  const statement = after.slice(0, end === -1 ? LONGEST : end + 1).join('\n');
  const rooms = join(labFolder, '..', '..', 'app', 'functions');
  const folders = [join(labFolder, 'functions'), labFolder, rooms];
  const files = [...handlerFiles({ labFolder }), ...stackFiles({ labFolder })];
  for (const folder of folders) {
    for (const path of files.filter((file) => file.startsWith(folder + sep))) {
      const nameIn = (from: string) => relative(from, path).split(sep).join('/');
      const name = nameIn(folder);
      if (
        ![name, nameIn(rooms)].some((each) => naming(each).test(statement)) ||
        (folder === rooms && name === unlessRooms)
      )
        continue;
      return placeOfHandler(root, path);
    }
  }
  return undefined;
}

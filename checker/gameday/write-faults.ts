import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { applyPatch, createTwoFilesPatch, parsePatch, type StructuredPatchHunk } from 'diff';
import type { Program } from '../cli/program.ts';
import { exitCode } from '../failures/errors.ts';
import type { LabFiles } from '../workshop/lab-files.ts';
import { faults } from './faults.ts';
import { patchOf, pathOfPatch, roomFiles } from './planted.ts';

/**
 * Writes the patches of faults again, for the last lab's solution as it is now, and prints what it wrote. Ends with 1 if the
 * place of some can't be found: these are for somebody to write.
 */
export async function writeFaults({ root, print }: Pick<Program, 'root' | 'print'>): Promise<number> {
  const files = await roomFiles(root);
  let lost = 0;
  for (const name of Object.keys(faults)) {
    const before = await patchOf(root, name);
    const after = renewed(files, before);
    if (after === undefined) {
      lost += 1;
      print(`${pathOfPatch(name)} does not fit any more: write it again by hand.`);
    } else if (after !== before) {
      await writeFile(join(root, pathOfPatch(name)), after);
      print(`${pathOfPatch(name)} is written.`);
    }
  }
  if (lost === 0) print('All faults fit the last solution.');
  return lost === 0 ? exitCode.fixed : exitCode.notFixed;
}

/** Returns a patch as it must be for these files; undefined if its place isn't found. */
export function renewed(files: LabFiles, patch: string): string | undefined {
  const parts: string[] = [];
  if (fits(files, patch)) return patch;
  for (const part of parsePatch(patch)) {
    const isNew = part.oldFileName === '/dev/null';
    const path = isNew ? part.newFileName : deployedPath(files, part.oldFileName ?? '');
    if (path === undefined) return undefined;
    const before = files.get(path) ?? '';
    const after = isNew ? applyPatch('', part) : moved(before, part.hunks);
    if (after === undefined || after === false) return undefined;
    const written = createTwoFilesPatch(isNew ? '/dev/null' : path, path, before, after, '', '', { context: 1 });
    // Without what stands above the names, and the tabs before dates that there aren't.
    parts.push(written.slice(written.indexOf('--- ')).replaceAll(/\t$/gm, ''));
  }
  return parts.join('');
}

function fits(files: LabFiles, patch: string): boolean {
  return parsePatch(patch).every((part) => {
    const path = part.oldFileName ?? '';
    if (path === '/dev/null') return true;
    return deployedPath(files, path) === path && applyPatch(files.get(path) ?? '', part) !== false;
  });
}

/** Makes changes wherever their place is found now; undefined if one isn't, or could be in two. */
function moved(text: string, hunks: readonly StructuredPatchHunk[]): string | undefined {
  let lines: readonly string[] | undefined = text.split('\n');
  for (const { lines: hunk } of hunks) lines = lines && withHunk(lines, hunk);
  return lines?.join('\n');
}

/** The lines around a change may be other ones by now: it's looked for with all of them first, then with those on one side. */
function withHunk(text: readonly string[], hunk: readonly string[]): readonly string[] | undefined {
  const isContext = (line: string) => line.startsWith(' ');
  const first = hunk.findIndex((line) => !isContext(line));
  const last = hunk.findLastIndex((line) => !isContext(line)) + 1;
  for (const part of [hunk, hunk.slice(first), hunk.slice(0, last), hunk.slice(first, last)]) {
    const side = (sign: string) =>
      part.flatMap((line) => (isContext(line) || line.startsWith(sign) ? line.slice(1) : []));
    const [before, after] = [side('-'), side('+')];
    const places = placesOf(text, before);
    const [place] = places;
    if (place !== undefined && places.length === 1)
      return [...text.slice(0, place), ...after, ...text.slice(place + before.length)];
  }
  return undefined;
}

/** Where these lines stand one after the other. */
function placesOf(text: readonly string[], lines: readonly string[]): number[] {
  if (lines.length === 0) return [];
  return text.flatMap((_, at) => (lines.every((line, index) => text[at + index] === line) ? at : []));
}

/** A feature has handlers of its own: the stack names the one that is deployed by now, of the same name. */
function deployedPath(files: LabFiles, path: string): string | undefined {
  const name = path.split('/').at(-1) ?? '';
  const stack = files.get('stack.ts') ?? '';
  const deployed = [...files.keys()].filter((each) => each.endsWith(`/${name}`) && stack.includes(inStack(each)));
  return files.has(path) && !deployed.some((each) => each !== path) ? path : deployed[0];
}

/** How a stack names a handler: `channels/send-message.ts` of the room, `functions/send-message.ts` of its own. */
function inStack(path: string): string {
  return `'${path.replace(/^app\/functions\//, '')}'`;
}

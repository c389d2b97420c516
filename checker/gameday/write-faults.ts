import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { applyPatch, createTwoFilesPatch, parsePatch, type StructuredPatch, type StructuredPatchHunk } from 'diff';
import type { Program } from '../cli/program.ts';
import { exitCode } from '../failures/errors.ts';
import type { LabFiles } from '../workshop/lab-files.ts';
import { faults } from './faults.ts';
import { patchOf, pathOfPatch, roomFiles } from './planted.ts';

/**
 * Updates the faults' patches for the current solution of the last lab, and prints what it wrote. Returns 1 if it can't
 * find the place of some: those need a person.
 */
export async function writeFaults({ root, print }: Pick<Program, 'root' | 'print'>): Promise<number> {
  const files = await roomFiles(root);
  let lost = 0;
  for (const name of Object.keys(faults)) {
    const before = await patchOf(root, name);
    const after = renewed(files, before);
    if (after === undefined) {
      lost += 1;
      print(`${pathOfPatch(name)} no longer fits: update it manually.`);
    } else if (after !== before) {
      await writeFile(join(root, pathOfPatch(name)), after);
      print(`Wrote ${pathOfPatch(name)}.`);
    }
  }
  if (lost === 0) print('All faults fit the last solution.');
  return lost === 0 ? exitCode.fixed : exitCode.notFixed;
}

/** Returns a patch updated for these files; undefined if its place isn't found. */
export function renewed(files: LabFiles, patch: string): string | undefined {
  const all = parsePatch(patch);
  const fits = all.every((part) => isNew(part) || applyPatch(files.get(part.oldFileName ?? '') ?? '', part) !== false);
  if (fits) return patch;
  const parts = all.map((part) => renewedPart(files, part));
  return parts.includes(undefined) ? undefined : parts.join('');
}

function renewedPart(files: LabFiles, part: StructuredPatch): string | undefined {
  if (isNew(part)) return written('/dev/null', part.newFileName ?? '', '', applyPatch('', part) || '');
  for (const path of placesFor(files, part.oldFileName ?? '')) {
    const before = files.get(path) ?? '';
    const after = moved(before, part.hunks);
    if (after !== undefined) return written(path, path, before, after);
  }
  return undefined;
}

function isNew({ oldFileName }: StructuredPatch): boolean {
  return oldFileName === '/dev/null';
}

/** The file itself, or files of that name elsewhere: a feature has its own handlers. */
function placesFor(files: LabFiles, path: string): string[] {
  const name = path.split('/').at(-1) ?? '';
  return files.has(path) ? [path] : [...files.keys()].filter((each) => each.endsWith(`/${name}`));
}

function written(from: string, to: string, before: string, after: string): string {
  const patch = createTwoFilesPatch(from, to, before, after, '', '', { context: 1 });
  // Without the lines above the file names, and the tabs before the missing dates.
  return patch.slice(patch.indexOf('--- ')).replaceAll(/\t$/gm, '');
}

/** Applies changes wherever their place is now; undefined if one has no place, or two. */
function moved(text: string, hunks: readonly StructuredPatchHunk[]): string | undefined {
  let lines: readonly string[] | undefined = text.split('\n');
  for (const { lines: hunk } of hunks) lines = lines && withHunk(lines, hunk);
  return lines?.join('\n');
}

/** The context of a change may differ by now, so this looks for all of it first, then for the lines on one side. */
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

/** Returns where these lines follow each other. */
function placesOf(text: readonly string[], lines: readonly string[]): number[] {
  if (lines.length === 0) return [];
  return text.flatMap((_, at) => (lines.every((line, index) => text[at + index] === line) ? at : []));
}

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { applyPatch, parsePatch } from 'diff';
import { LabError } from '../failures/errors.ts';
import { gameDayId } from './game-day-folder.ts';
import { homeOf, shownPath } from './own-labs/home.ts';

/** Files by their path within the lab's folder, with `/`. */
export type LabFiles = ReadonlyMap<string, string>;

/** The versions that a learner's folder can be reset to. */
export type Version = 'start' | 'solution';

/** The files of a lab's code: the stack, its CDK settings, and its own functions. */
function isCode(path: string): boolean {
  return path === 'stack.ts' || path === 'cdk.json' || path.startsWith('functions/');
}

/** Whether two texts are the same except for line endings, which git and editors change. Undefined is no file. */
export function isSameText(one: string | undefined, other: string | undefined): boolean {
  return one?.replaceAll('\r\n', '\n') === other?.replaceAll('\r\n', '\n');
}

/** The learner's folder of a lab. */
export function labFolder(root: string, lab: string): string {
  return join(homeOf(root, lab), 'labs', lab);
}

/** Returns a lab's code: its start, which is the solution with the fault planted, or its solution. */
export async function labFiles(root: string, lab: string, version: Version): Promise<LabFiles> {
  const folder = join(homeOf(root, lab), 'solutions', lab);
  const solution = new Map<string, string>();
  for (const path of await filesIn(folder)) {
    if (isCode(path)) solution.set(path, await readFile(join(folder, path), 'utf8'));
  }
  if (version === 'solution') return solution;
  return patched(
    solution,
    await readFile(join(folder, 'fault.patch'), 'utf8'),
    shownPath(root, join(folder, 'fault.patch')),
  );
}

/**
 * Returns the path of the file with the lab's fault, within the lab's folder: `stack.ts`, `functions/send-message.ts`.
 * A game day has no patch of its own.
 */
export async function faultFile(root: string, lab: string): Promise<string> {
  const file = join(homeOf(root, lab), 'solutions', lab, 'fault.patch');
  const patch = lab === gameDayId ? '' : await readFile(file, 'utf8');
  return parsePatch(patch).map(patchedPath)[0] || 'stack.ts';
}

/** Applies a patch of one or more files. Rejects if it doesn't fit. A file that the patch empties is deleted. */
export function patched(files: LabFiles, patch: string, name: string): LabFiles {
  const result = new Map(files);
  for (const part of parsePatch(patch.replaceAll('\r\n', '\n'))) {
    const path = patchedPath(part);
    const text = applyPatch(result.get(path) ?? '', part);
    if (text === false) {
      throw new LabError(
        `${name} no longer applies to ${path}.`,
        'The solution was changed. `git checkout solutions` restores it; authors update the patch.',
      );
    }
    if (part.newFileName === '/dev/null') result.delete(path);
    else result.set(path, text);
  }
  return result;
}

/** Returns the path of a file that a patch changes, adds or deletes. */
export function patchedPath({ oldFileName, newFileName }: { oldFileName?: string; newFileName?: string }): string {
  return (newFileName === '/dev/null' ? oldFileName : newFileName)?.replace(/^[ab]\//, '') ?? '';
}

/** Returns the code in a learner's folder, including files that they added. */
export async function learnersFiles(root: string, lab: string): Promise<LabFiles> {
  const folder = labFolder(root, lab);
  const files = new Map<string, string>();
  for (const path of await filesIn(folder)) {
    if (isCode(path) || path.endsWith('.ts')) files.set(path, await readFile(join(folder, path), 'utf8'));
  }
  return files;
}

/** Whether the code in a learner's folder is unchanged. */
export async function isAsShipped(root: string, lab: string): Promise<boolean> {
  return (await changedFiles(root, lab)).length === 0;
}

/** Returns the paths, within the lab's folder, of code that the learner changed, added or deleted. */
export async function changedFiles(root: string, lab: string): Promise<string[]> {
  const [shipped, now] = await Promise.all([labFiles(root, lab, 'start'), learnersFiles(root, lab)]);
  const paths = [...new Set([...shipped.keys(), ...now.keys()])];
  return paths.filter((path) => !isSameText(shipped.get(path), now.get(path)));
}

/** Returns the paths of the files in a folder, in order, without files that tools leave there. */
async function filesIn(folder: string, prefix = ''): Promise<string[]> {
  const paths: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name === 'cdk.out' || entry.name === 'node_modules' || entry.name.startsWith('.')) continue;
    const path = `${prefix}${entry.name}`;
    if (entry.isDirectory()) paths.push(...(await filesIn(join(folder, entry.name), `${path}/`)));
    else if (entry.isFile()) paths.push(path);
  }
  return paths.sort();
}

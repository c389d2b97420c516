import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from '../failures/errors.ts';
import { importedBy } from '../prove/whole.ts';
import { filesUnder } from '../workshop/files-under.ts';
import { gameDayId } from '../workshop/game-day-folder.ts';
import { type LabFiles, labFiles, patched } from '../workshop/lab-files.ts';
import { labs } from '../workshop/labs.ts';
import { homeOf } from '../workshop/own-labs/home.ts';
import { faults } from './faults.ts';

/** The id of the workshop's last lab, where a game day begins. Your own labs don't count. */
function lastLab(root: string): string {
  const last = labs.findLast(({ id, draft }) => draft !== true && homeOf(root, id) === root);
  if (last === undefined) throw new LabError('This workshop has no labs.', 'Get a fresh copy of it.');
  return last.id;
}

/** Returns the files of the last lab's solution as a game day's room: its own by their path, the room's with `app/`. */
export async function roomFiles(root: string): Promise<LabFiles> {
  const last = lastLab(root);
  const [solution, functions] = await Promise.all([
    labFiles(root, last, 'solution'),
    filesUnder(join(root, 'app', 'functions')),
  ]);
  const own = [...solution].map(([path, text]) => [path, text.replaceAll(last, gameDayId)] as const);
  const shared = [...functions].filter(([path]) => !path.endsWith('.test.ts'));
  return withoutUnused(new Map([...own, ...shared.map(([path, text]) => [`app/functions/${path}`, text] as const)]));
}

/** Omits functions that the stack doesn't deploy, and modules that only they use: earlier labs deploy others. */
function withoutUnused(files: LabFiles): LabFiles {
  const stack = files.get('stack.ts') ?? '';
  const isNamed = (path: string) => stack.includes(`'${path.replace(/^app\/functions\//, '')}'`);
  const used = new Set(
    [...files.keys()].filter((path) => !path.endsWith('.ts') || path === 'stack.ts' || isNamed(path)),
  );
  // Grows during the loop, so it also reaches indirect imports. A lab's own handler imports the room's from further up.
  for (const path of used)
    for (const other of importedBy(path, files.get(path))) used.add(other.replace(/^(\.\.\/)+/, ''));
  return new Map([...files].filter(([path]) => used.has(path)));
}

/** Returns the files of a room with these faults. Rejects with a LabError if one no longer fits the solution. */
export async function planted(root: string, names: readonly string[]): Promise<LabFiles> {
  let files = await roomFiles(root);
  // Always in the same order, so the same faults give the same files.
  for (const name of Object.keys(faults).filter((each) => names.includes(each))) {
    files = patched(files, await patchOf(root, name), pathOfPatch(name));
  }
  return files;
}

/** The path of a fault's patch, in a workshop's folder. */
export function pathOfPatch(name: string): string {
  return `checker/gameday/faults/${name}/fault.patch`;
}

export function patchOf(root: string, name: string): Promise<string> {
  return readFile(join(root, pathOfPatch(name)), 'utf8');
}

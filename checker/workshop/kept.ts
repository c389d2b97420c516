import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { LabError } from '../failures/errors.ts';
import { writeWhole } from '../process/write-whole.ts';

/** A reversible change of files, with their contents before it. */
export interface Kept {
  /** The folder's name in `.lab/kept`: `2026-11-23T22-41-38-123Z-01-missing-route`. */
  readonly name: string;
  /** The name of the change, `reset of 01-missing-route to its start`. */
  readonly what: string;
  /** Paths relative to the workshop's folder, with `/`; absolute ones for files on another Windows drive. */
  readonly files: readonly string[];
  /** Those of them that didn't exist. */
  readonly absent: readonly string[];
}

/** Saves files byte for byte before they are changed. Missing files are recorded. */
export async function keep(
  root: string,
  change: { readonly what: string; readonly about: string; readonly files: readonly string[] },
): Promise<Kept> {
  const folder = join(root, '.lab', 'kept');
  await mkdir(folder, { recursive: true });
  const name = await newFolder(folder, change.about);
  const absent: string[] = [];
  for (const file of change.files) {
    const bytes = await readFile(resolve(root, file)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    if (bytes === undefined) absent.push(file);
    else await write(join(folder, name, 'files', storedAs(file)), bytes);
  }
  const kept: Kept = { name, what: change.what, files: change.files, absent };
  // Written last and atomically: a folder without it is unfinished, and nothing was changed after it.
  await writeWhole(join(folder, name, 'kept.json'), `${JSON.stringify(kept, undefined, 2)}\n`);
  return kept;
}

/** Returns the names of everything saved, the newest first. */
export async function allKept(root: string): Promise<string[]> {
  const folder = join(root, '.lab', 'kept');
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return [];
  });
  return names
    .filter((name) => existsSync(join(folder, name, 'kept.json')))
    .sort()
    .reverse();
}

/** Reads one saved change. */
export async function readKept(root: string, name: string): Promise<Kept> {
  try {
    return JSON.parse(await readFile(join(root, '.lab', 'kept', name, 'kept.json'), 'utf8')) as Kept;
  } catch (error) {
    throw new LabError(
      `.lab/kept/${name}/kept.json can't be read: ${(error as Error).message}`,
      `The saved files are in .lab/kept/${name}/files. Copy back what you need.`,
    );
  }
}

const UNDO = 'undo of the ';

/** Returns the change that a saved undo undid, which restoring it redoes; undefined for any other change. */
export function undoneBy({ what }: Kept): string | undefined {
  return what.startsWith(UNDO) ? what.slice(UNDO.length) : undefined;
}

/** Restores files byte for byte. Their current state is saved in turn, so this can be undone, too. */
export async function putBack(root: string, kept: Kept): Promise<void> {
  const folder = join(root, '.lab', 'kept', kept.name);
  const about = kept.name.replace(/^.*?Z-/, '');
  await keep(root, { what: undoneBy(kept) ?? `${UNDO}${kept.what}`, about, files: kept.files });
  for (const file of kept.files) {
    const bytes = await keptFile(root, kept, file);
    if (bytes === undefined) await rm(resolve(root, file), { force: true });
    else await write(resolve(root, file), bytes);
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Labs of your own are outside of the workshop's folder, but their saved files are inside. */
function storedAs(file: string): string {
  return file.replace(/^[a-zA-Z]:/, '').replaceAll(/(^|[\\/])\.\.(?=[\\/])/g, '$1outside');
}

/** A folder named after the time, so that names sort chronologically; Windows doesn't allow colons. */
async function newFolder(folder: string, about: string): Promise<string> {
  const name = `${new Date().toISOString().replace(/[:.]/g, '-')}-${about}`;
  try {
    await mkdir(join(folder, name));
    return name;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    // Within the same millisecond.
    return newFolder(folder, about);
  }
}

async function write(path: string, bytes: string | Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
}

/** Returns one saved file, byte for byte; undefined if it didn't exist. */
export async function keptFile(root: string, { name, absent }: Kept, file: string): Promise<Buffer | undefined> {
  return absent.includes(file) ? undefined : readFile(join(root, '.lab', 'kept', name, 'files', storedAs(file)));
}

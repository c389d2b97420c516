import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { LabError, UsageError } from '../failures/errors.ts';

/**
 * Reads an option that names a file to write. Throws a UsageError if it can't be written: the command would find out
 * only after its work.
 */
export function outputFile(file: string): string {
  const wrong = (why: string, next: string) => new UsageError(`${file} can't be written: ${why}.`, next);
  if (file === '') throw new UsageError('The name of the file to write is empty.', 'Choose a file.');
  const path = resolve(file);
  if (isFolder(path)) throw wrong('it is a folder', 'Choose a file.');
  if (!isFolder(dirname(path))) throw wrong("its folder doesn't exist", 'Create the folder, or choose another file.');
  const isNew = !existsSync(path);
  try {
    accessSync(isNew ? dirname(path) : path, constants.W_OK);
  } catch {
    throw wrong(`you may not write ${isNew ? 'to its folder' : 'to it'}`, 'Choose another file.');
  }
  return file;
}

/** Writes such a file. */
export async function writeOutput(file: string, text: string): Promise<void> {
  await writeFile(resolve(file), text).catch((error: Error) => {
    throw new LabError(`${file} can't be written: ${error.message}`, 'Choose another file.', { cause: error });
  });
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from '../failures/errors.ts';
import { writeWhole } from '../process/write-whole.ts';

/**
 * An update in progress, `.lab/updating.json`: written before anything is changed, so that the next update can finish
 * it.
 */
export interface UpdateNote {
  readonly format: 1;
  /** Commits. */
  readonly from: string;
  readonly to: string;
  /** The name of the learner's saved files in `.lab/kept`. */
  readonly kept: string;
}

/** Returns the unfinished update; undefined if there is none. */
export async function readNote(root: string): Promise<UpdateNote | undefined> {
  let text: string;
  try {
    text = await readFile(pathIn(root), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const note = JSON.parse(text) as Partial<UpdateNote>;
    if (note.format === 1 && typeof note.kept === 'string') return note as UpdateNote;
  } catch {
    // Reported below.
  }
  throw new LabError(
    '.lab/updating.json is damaged: an update was interrupted, and it is unknown which.',
    'Your files are in .lab/kept: `npx lab undo --list`. Restore them, delete .lab/updating.json, and update again.',
  );
}

/** Whether there is an unfinished update. */
export function isUnfinished(root: string): boolean {
  return existsSync(pathIn(root));
}

export async function writeNote(root: string, note: UpdateNote): Promise<void> {
  await writeWhole(pathIn(root), `${JSON.stringify(note, undefined, 2)}\n`);
}

export async function removeNote(root: string): Promise<void> {
  await rm(pathIn(root), { force: true });
}

function pathIn(root: string): string {
  return join(root, '.lab', 'updating.json');
}

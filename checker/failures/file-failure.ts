import { existsSync, lstatSync, readlinkSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { LabError } from './errors.ts';

/** The folders in `.lab` that commands write to. */
const folders = ['', 'account', 'account/state', 'checking', 'deployed', 'deploying', 'kept', 'out', 'work'];

/** Node.js's words, and LevelDB's. */
export const noSpace = /no space left/i;
export const diskIsFull = { reason: 'The disk is full.', next: 'Free some space, and run the command again.' };

/** Returns how to make a path writable. */
function giveRight(path: string): string {
  return path.split(sep).includes('.lab')
    ? 'The workshop keeps its state in its folder .lab. Give yourself write permission there.'
    : 'Give yourself write permission there, and run the command again.';
}

/**
 * Rejects if `.lab`, or one of its folders, is a file or a dangling link: some readers would take that for an empty
 * folder.
 */
export function requireFolders(root: string): void {
  for (const folder of folders) {
    const path = join(root, '.lab', folder);
    if (isNoFolder(path)) throw notAFolder(path, relative(root, path));
  }
}

/**
 * Explains a file that can't be written, a file where a folder should be or the reverse, and a full disk; undefined for
 * any other error.
 */
export function fileFailure(error: unknown): LabError | undefined {
  if (isAnswer(error)) return undefined;
  const {
    code = '',
    path,
    dest,
    syscall,
    cause,
  } = error as NodeJS.ErrnoException & {
    dest?: string;
    cause?: { message?: string };
  };
  const text = `${error instanceof Error ? error.message : error} ${cause?.message ?? ''}`;
  if (code === 'ENOSPC' || noSpace.test(text)) {
    return new LabError(diskIsFull.reason, diskIsFull.next, { cause: error });
  }
  if (['EACCES', 'EPERM', 'EROFS'].includes(code) || /permission denied|read-only file system/i.test(text)) {
    return new LabError(
      `${path ?? '.lab/account'} can't be written: ${code.startsWith('LEVEL_') ? 'permission denied' : code}.`,
      giveRight(path ?? '.lab'),
      { cause: error },
    );
  }
  const blocking =
    ['ENOTDIR', 'EEXIST'].includes(code) || (code === 'ENOENT' && syscall === 'mkdir') || /not a directory/i.test(text)
      ? inTheWay(path ?? pathIn(text))
      : undefined;
  if (blocking !== undefined) {
    return notAFolder(blocking, blocking.slice(Math.max(0, blocking.lastIndexOf(`${sep}.lab`) + 1)), error);
  }
  // Node.js reports this instead of EROFS when it creates a folder recursively. Nothing else prevents creating one
  // there.
  if (code === 'ENOENT' && syscall === 'mkdir' && path !== undefined && existsSync(dirname(path))) {
    return new LabError(`${path} can't be written: it is read-only.`, giveRight(path), { cause: error });
  }
  if (code === 'EISDIR') {
    return new LabError(
      `${dest ?? path ?? 'Something in .lab'} is a folder, but should be a file.`,
      'Move it away, or choose another one, and run the command again.',
      { cause: error },
    );
  }
  return undefined;
}

/** An account's answer is about its own files. */
function isAnswer(error: unknown): boolean {
  return error instanceof Error && '$metadata' in error;
}

function notAFolder(path: string, shownAs: string, cause?: unknown): LabError {
  const shown = shownAs.split(sep).join('/').replace(/\/$/, '');
  if (isFile(path)) {
    return new LabError(`${shown} is a file, but should be a folder.`, 'Move it away, and run the command again.', {
      cause,
    });
  }
  return new LabError(
    `${shown} is a link to ${readlinkSync(path)}, which doesn't exist.`,
    'Create that folder or delete the link, and run the command again.',
    { cause },
  );
}

/** LevelDB says `IO error: /…/.lab/account/state/LOCK: Not a directory`. */
function pathIn(text: string): string {
  return /IO error: (.+?): [^:]*$/m.exec(text)?.[1] ?? '';
}

/** Returns the file in the way of a folder that a path needs, if a file is in the way. */
function inTheWay(path: string): string | undefined {
  if (isNoFolder(path)) return path;
  return dirname(path) === path || path === '' ? undefined : inTheWay(dirname(path));
}

function isNoFolder(path: string): boolean {
  return isFile(path) || isLinkToNothing(path);
}

function isLinkToNothing(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink() && !existsSync(path);
  } catch {
    return false;
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

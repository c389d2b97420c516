import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { LabError } from './errors.ts';

/** The folders in `.lab` that commands write to. */
const folders = ['', 'account', 'account/state', 'deployed', 'deploying', 'kept', 'out', 'work'];

const giveRight = 'The workshop keeps its state in its folder .lab: give yourself the right to write there.';

/** Rejects where `.lab`, or one of its folders, is a file: some of what reads there takes it for an empty one. */
export function requireFolders(root: string): void {
  for (const folder of folders) {
    const path = join(root, '.lab', folder);
    if (isFile(path)) throw notAFolder(relative(root, path));
  }
}

/** A file that cannot be written or is where a folder should be, or the other way round, and a full disk, in words; undefined for any other error. */
export function fileFailure(error: unknown): LabError | undefined {
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
  if (code === 'ENOSPC' || /no space left/i.test(text)) {
    return new LabError('The disk is full.', 'Make room and run the command again.', { cause: error });
  }
  if (['EACCES', 'EPERM', 'EROFS'].includes(code) || /permission denied|read-only file system/i.test(text)) {
    return new LabError(
      `${path ?? '.lab/account'} cannot be written: ${code.startsWith('LEVEL_') ? 'permission denied' : code}.`,
      giveRight,
      { cause: error },
    );
  }
  // What Node.js makes of EROFS where it makes a folder recursively: nothing else keeps one from being made there.
  if (code === 'ENOENT' && syscall === 'mkdir' && path !== undefined && existsSync(dirname(path))) {
    return new LabError(`${path} cannot be written: it is read-only.`, giveRight, { cause: error });
  }
  if (code === 'EISDIR') {
    return new LabError(
      `${dest ?? path ?? 'Something in .lab'} is a folder and should be a file.`,
      'Move it away, or name another one, and run the command again.',
      { cause: error },
    );
  }
  const blocking =
    ['ENOTDIR', 'EEXIST'].includes(code) || /not a directory/i.test(text)
      ? fileOnTheWay(path ?? pathIn(text))
      : undefined;
  return blocking === undefined ? undefined : notAFolder(blocking, error);
}

function notAFolder(path: string, cause?: unknown): LabError {
  const shown = path.split(sep).join('/').replace(/\/$/, '');
  return new LabError(`${shown} is a file and should be a folder.`, 'Move it away, and run the command again.', {
    cause,
  });
}

/** LevelDB says `IO error: /…/.lab/account/state/LOCK: Not a directory`. */
function pathIn(text: string): string {
  return /IO error: (.+?): [^:]*$/m.exec(text)?.[1] ?? '';
}

/** The file that stands where a path needs a folder, from `.lab` on; undefined where there is none. */
function fileOnTheWay(path: string): string | undefined {
  if (isFile(path)) return path.slice(Math.max(0, path.lastIndexOf(`${sep}.lab`) + 1));
  return dirname(path) === path || path === '' ? undefined : fileOnTheWay(dirname(path));
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

import { LabError } from './errors.ts';

/** A file that cannot be written, and a disk that is full, in words; undefined for any other error. */
export function fileFailure(error: unknown): LabError | undefined {
  const { code = '', path, cause } = error as NodeJS.ErrnoException & { cause?: { message?: string } };
  const text = `${error instanceof Error ? error.message : error} ${cause?.message ?? ''}`;
  if (code === 'ENOSPC' || /no space left/i.test(text)) {
    return new LabError('The disk is full.', 'Make room and run the command again.', { cause: error });
  }
  if (['EACCES', 'EPERM', 'EROFS'].includes(code) || /permission denied|read-only file system/i.test(text)) {
    return new LabError(
      `${path ?? '.lab/account'} cannot be written: ${code.startsWith('LEVEL_') ? 'permission denied' : code}.`,
      'The workshop keeps its state in its folder .lab: give yourself the right to write there.',
      { cause: error },
    );
  }
  return undefined;
}

import type { Result } from '../checking/result.ts';

/** The sign in front of a check's line. */
export const marks: Readonly<Record<Result['status'], string>> = {
  passed: '✓',
  failed: '✗',
  blocked: '–',
  pending: '…',
  broken: '!',
};

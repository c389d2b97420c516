import { AwsError } from '../../calls/errors.ts';

/**
 * Throws ValidationError for an invalid name: `most` is 64 for roles and users, 128 for policies
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html).
 */
export function requireName(member: string, name: string, most: number): void {
  requireLength(member, name, 0, most);
  if (/^[\w+=,.@-]+$/.test(name)) return;
  throw new AwsError(
    'ValidationError',
    `The specified value for ${member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
  );
}

/** IAM keeps the case of names, but treats names that differ only in case as the same. */
export function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Throws ValidationError for a description of more than 1,000 characters. */
export function requireDescription(description: string | undefined): void {
  requireLength('description', description ?? '', 0, 1000);
}

/** Throws ValidationError for a string that is too short or too long. */
export function requireLength(member: string, value: string, least: number, most: number): void {
  if (value.length >= least && value.length <= most) return;
  const bound = value.length < least ? `greater than or equal to ${least}` : `less than or equal to ${most}`;
  throw new AwsError(
    'ValidationError',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must have length ${bound}`,
  );
}

/** The given path, or `/`. Throws ValidationError if it doesn't begin and end with a slash. */
export function pathOf(path = '/'): string {
  if (/^\/([\u0021-\u007e]*\/)?$/.test(path) && path.length <= 512) return path;
  throw new AwsError(
    'ValidationError',
    'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
  );
}

/** The given prefix of paths, or `/`. Throws ValidationError if it doesn't begin with a slash. */
export function pathPrefixOf({ PathPrefix = '/' }: { readonly PathPrefix?: string | undefined }): string {
  if (/^\/[\u0021-\u007f]*$/.test(PathPrefix) && PathPrefix.length <= 512) return PathPrefix;
  throw new AwsError(
    'ValidationError',
    'The specified value for pathPrefix is invalid. It must begin with the / character and contain only alphanumeric characters and/or / characters.',
  );
}

/** AWS's error for something nonexistent. */
export function noSuchEntity(message: string): AwsError {
  return new AwsError('NoSuchEntity', message, 404);
}

/** AWS's error if something has to be deleted first. */
export function deleteConflict(message: string): AwsError {
  return new AwsError('DeleteConflict', message, 409);
}

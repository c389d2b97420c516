import type { AssumeRoleRequest } from '@aws-sdk/client-sts';
import type { Caller, CallerSession } from '../../calls/caller.ts';
import { AwsError } from '../../calls/errors.ts';
import { readTags } from '../iam/tags.ts';

/**
 * Returns a new session's tags: those passed to it, and transitive ones of the caller's session
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html). Throws ValidationError and
 * InvalidParameterValue.
 */
export function sessionTags(
  { Tags, TransitiveTagKeys }: AssumeRoleRequest,
  caller: Pick<Caller, 'session'>,
): Pick<CallerSession, 'tags' | 'transitive'> {
  const given = readTags(Tags);
  const transitive = TransitiveTagKeys ?? [];
  if (given.length > 50) throw tooMany('tags', given.length);
  if (transitive.length > 50) throw tooMany('transitiveTagKeys', transitive.length);
  const keys = new Set(given.map(({ Key }) => Key.toLowerCase()));
  if (keys.size < given.length) {
    throw invalid('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  }
  if (!transitive.every((key) => keys.has(key.toLowerCase()))) {
    throw invalid('The specified transitive tag key must be included in the requested tags.');
  }
  const inherited = handedOn(caller);
  if (inherited.some(({ Key }) => keys.has(Key.toLowerCase()))) {
    throw invalid(
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
  }
  const tags = [...inherited, ...given];
  const names = [...inherited.map(({ Key }) => Key), ...transitive].map((key) => key.toLowerCase());
  return {
    ...(tags.length === 0 ? {} : { tags }),
    ...(names.length === 0 ? {} : { transitive: names }),
  };
}

/** The caller's transitive session tags. */
export function handedOn({ session }: Pick<Caller, 'session'>): NonNullable<CallerSession['tags']> {
  return session?.tags?.filter(({ Key }) => session.transitive?.includes(Key.toLowerCase())) ?? [];
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}

function tooMany(member: string, count: number): AwsError {
  return new AwsError(
    'ValidationError',
    `1 validation error detected: Value of length ${count} at '${member}' failed to satisfy constraint: Member must have length less than or equal to 50`,
  );
}

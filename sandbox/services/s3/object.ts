import { decideFor } from '../../authorization/authorize.ts';
import type { Call } from '../../calls/context.ts';
import { AwsError } from '../../calls/errors.ts';
import { requireBucket, s3Arn } from './bucket.ts';
import { s3Context } from './context.ts';
import { inBucket, type ObjectRecord, objects } from './records.ts';

/** Returns the object with that key. Throws NoSuchKey or AccessDenied, and what `requireBucket` throws. */
export function requireObject(
  input: { readonly Bucket: string; readonly Key: string; readonly ExpectedBucketOwner?: string },
  call: Call<'store' | 'callerPolicies' | 'clock'>,
): ObjectRecord {
  const { Name } = requireBucket(input, call);
  const object = objects.get(call.store, inBucket(Name), input.Key);
  if (object === undefined) {
    if (!mayList(input, call)) throw new AwsError('AccessDenied', 'Access Denied', 403);
    throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404, { Key: input.Key });
  }
  return object;
}

/**
 * Callers who can't list a bucket don't learn that it lacks an object
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html).
 */
function mayList(input: { readonly Bucket: string }, call: Call<'store' | 'callerPolicies' | 'clock'>): boolean {
  const { Bucket } = input;
  const context = s3Context({ Bucket }, call);
  const decision = decideFor(call.caller, { action: 's3:ListBucket', resource: s3Arn({ Bucket }), context }, call);
  return decision?.decision === 'allowed';
}

import type { Call } from '../../context.ts';
import { AwsError } from '../../errors.ts';
import { requireBucket } from './bucket.ts';
import { inBucket, type ObjectRecord, objects } from './records.ts';

/** The object of that key. Throws NoSuchKey, and what `requireBucket` throws. */
export function requireObject(
  input: { readonly Bucket: string; readonly Key: string; readonly ExpectedBucketOwner?: string },
  call: Call<'store'>,
): ObjectRecord {
  const { Name } = requireBucket(input, call);
  const object = objects.get(call.store, inBucket(Name), input.Key);
  if (object === undefined) {
    throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404, { Key: input.Key });
  }
  return object;
}

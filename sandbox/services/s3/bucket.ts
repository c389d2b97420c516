import type { Call } from '../../calls/context.ts';
import { AwsError } from '../../calls/errors.ts';
import { type BucketRecord, buckets, everywhere } from './records.ts';

/** The ARN of a bucket, or of an object in it. */
export function s3Arn({ Bucket, Key }: { readonly Bucket?: string | undefined; readonly Key?: string | undefined }) {
  return `arn:aws:s3:::${Bucket ?? '*'}${Key === undefined ? '' : `/${Key}`}`;
}

/**
 * Returns the bucket with that name, if it is the caller's. Throws NoSuchBucket, AccessDenied for another account's,
 * PermanentRedirect for another region's.
 */
export function requireBucket(
  { Bucket = '', ExpectedBucketOwner }: { readonly Bucket?: string | undefined; readonly ExpectedBucketOwner?: string },
  call: Call<'store'>,
): BucketRecord {
  const bucket = buckets.get(call.store, everywhere, Bucket);
  if (bucket === undefined) {
    throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404, { BucketName: Bucket });
  }
  const isExpected = ExpectedBucketOwner === undefined || ExpectedBucketOwner === bucket.accountId;
  if (bucket.accountId !== call.accountId || !isExpected) throw new AwsError('AccessDenied', 'Access Denied', 403);
  if (bucket.Region !== call.region) {
    throw new AwsError(
      'PermanentRedirect',
      'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
      301,
      { Endpoint: `${Bucket}.s3.${bucket.Region}.amazonaws.com`, Bucket },
    );
  }
  return bucket;
}

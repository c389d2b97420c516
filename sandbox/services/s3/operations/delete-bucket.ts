import type { DeleteBucketRequest } from '@aws-sdk/client-s3';
import { AwsError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import type { RestXmlOutput } from '../../../protocols/rest-xml.ts';
import { requireBucket, s3Arn } from '../bucket.ts';
import { buckets, everywhere, inBucket, objects, uploads } from '../records.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html */
export const deleteBucket = operation<DeleteBucketRequest, RestXmlOutput, 'store'>({
  resource: s3Arn,
  async run(input, call) {
    const { Name } = requireBucket(input, call);
    if (objects.list(call.store, inBucket(Name)).length > 0) {
      throw new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409, { BucketName: Name });
    }
    const unfinished = uploads.list(call.store, inBucket(Name));
    await call.store.commit([
      buckets.remove(everywhere, Name),
      ...unfinished.map(({ UploadId }) => uploads.remove(inBucket(Name), UploadId)),
    ]);
    return { status: 204 };
  },
});

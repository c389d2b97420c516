import type { DeleteObjectRequest } from '@aws-sdk/client-s3';
import { UnsupportedError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import type { RestXmlOutput } from '../../../protocols/rest-xml.ts';
import { requireBucket, s3Arn } from '../bucket.ts';
import { inBucket, objects } from '../records.ts';

/**
 * Also succeeds if there is no such object. The bytes stay among the account's blobs, because other objects and
 * functions may share them (https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html).
 */
export const deleteObject = operation<DeleteObjectRequest, RestXmlOutput, 'store'>({
  resource: s3Arn,
  async run(input, call) {
    const { Bucket, Key = '' } = input;
    if (input.VersionId !== undefined && input.VersionId !== 'null') throw new UnsupportedError('S3 object versions');
    requireBucket(input, call);
    if (objects.get(call.store, inBucket(Bucket ?? ''), Key) !== undefined) {
      await call.store.commit([objects.remove(inBucket(Bucket ?? ''), Key)]);
    }
    return { status: 204 };
  },
});

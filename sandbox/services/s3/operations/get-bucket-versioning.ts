import type { GetBucketVersioningRequest } from '@aws-sdk/client-s3';
import { operation } from '../../../calls/operation.ts';
import type { RestXmlOutput } from '../../../protocols/rest-xml.ts';
import { requireBucket, s3Arn } from '../bucket.ts';

/**
 * No bucket here has versioning, so the response is that of a bucket where it was never enabled
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html).
 */
export const getBucketVersioning = operation<GetBucketVersioningRequest, RestXmlOutput, 'store'>({
  resource: s3Arn,
  run(input, call) {
    requireBucket(input, call);
    return { document: { VersioningConfiguration: {} } };
  },
});

import type { GetBucketVersioningRequest } from '@aws-sdk/client-s3';
import { operation } from '../../../calls/operation.ts';
import type { RestXmlOutput } from '../../../protocols/rest-xml.ts';
import { requireBucket, s3Arn } from '../bucket.ts';

/**
 * No bucket here keeps versions, so the answer is that of a bucket where they were never switched on
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html).
 */
export const getBucketVersioning = operation<GetBucketVersioningRequest, RestXmlOutput, 'store'>({
  resource: s3Arn,
  run(input, call) {
    requireBucket(input, call);
    return { document: { VersioningConfiguration: {} } };
  },
});

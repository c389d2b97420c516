import type { HeadBucketRequest } from '@aws-sdk/client-s3';
import { operation } from '../../../calls/operation.ts';
import type { RestXmlOutput } from '../../../protocols/rest-xml.ts';
import { requireBucket, s3Arn } from '../bucket.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html */
export const headBucket = operation<HeadBucketRequest, RestXmlOutput, 'store'>({
  action: 's3:ListBucket',
  resource: s3Arn,
  run: (input, call) => ({ headers: { 'x-amz-bucket-region': requireBucket(input, call).Region } }),
});

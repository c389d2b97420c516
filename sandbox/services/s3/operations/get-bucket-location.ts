import type { GetBucketLocationRequest } from '@aws-sdk/client-s3';
import { operation } from '../../../calls/operation.ts';
import type { RestXmlOutput } from '../../../protocols/rest-xml.ts';
import { requireBucket, s3Arn } from '../bucket.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html */
export const getBucketLocation = operation<GetBucketLocationRequest, RestXmlOutput, 'store'>({
  resource: s3Arn,
  run(input, call) {
    const { Region } = requireBucket(input, call);
    // The document is only its root, which is empty for us-east-1.
    return { document: { LocationConstraint: Region === 'us-east-1' ? {} : { '#text': Region } } };
  },
});

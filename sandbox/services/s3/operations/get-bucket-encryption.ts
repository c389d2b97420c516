import type { GetBucketEncryptionRequest } from '@aws-sdk/client-s3';
import { operation } from '../../../calls/operation.ts';
import type { RestXmlOutput } from '../../../protocols/rest-xml.ts';
import { requireBucket, s3Arn } from '../bucket.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html */
export const getBucketEncryption = operation<GetBucketEncryptionRequest, RestXmlOutput, 'store'>({
  action: 's3:GetEncryptionConfiguration',
  resource: s3Arn,
  run(input, call) {
    const { SSEAlgorithm, KMSMasterKeyID, BucketKeyEnabled } = requireBucket(input, call).encryption;
    const byDefault = KMSMasterKeyID === undefined ? { SSEAlgorithm } : { SSEAlgorithm, KMSMasterKeyID };
    return {
      document: {
        ServerSideEncryptionConfiguration: {
          Rule: [{ ApplyServerSideEncryptionByDefault: byDefault, BucketKeyEnabled }],
        },
      },
    };
  },
});

import type { CreateBucketRequest } from '@aws-sdk/client-s3';
import { AwsError, UnsupportedError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import type { RestXmlOutput } from '../../../protocols/rest-xml.ts';
import { s3Arn } from '../bucket.ts';
import { buckets, everywhere } from '../records.ts';
import { xmlBody } from '../xml-body.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html */
export const createBucket = operation<CreateBucketRequest & { Body?: Buffer }, RestXmlOutput, 'store' | 'clock'>({
  resource: s3Arn,
  async run(input, call) {
    const { Bucket = '' } = input;
    if (!isBucketName(Bucket)) {
      throw new AwsError('InvalidBucketName', 'The specified bucket is not valid.', 400, { BucketName: Bucket });
    }
    if (input.ACL !== undefined && input.ACL !== 'private') throw new UnsupportedError(`the S3 ACL ${input.ACL}`);
    const given = input.CreateBucketConfiguration ?? xmlBody(input.Body, 'CreateBucketConfiguration');
    const region = given?.LocationConstraint ?? 'us-east-1';
    if (region !== call.region) {
      throw new AwsError(
        'IllegalLocationConstraintException',
        `The ${region === 'us-east-1' ? 'unspecified' : region} location constraint is incompatible for the region specific endpoint this request was sent to.`,
      );
    }
    const taken = buckets.get(call.store, everywhere, Bucket);
    if (taken !== undefined && taken.accountId !== call.accountId) {
      throw new AwsError(
        'BucketAlreadyExists',
        'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
        409,
        { BucketName: Bucket },
      );
    }
    // For historical reasons, only us-east-1 answers the owner's second creation with success.
    if (taken !== undefined && region !== 'us-east-1') {
      throw new AwsError(
        'BucketAlreadyOwnedByYou',
        'Your previous request to create the named bucket succeeded and you already own it.',
        409,
        { BucketName: Bucket },
      );
    }
    if (taken === undefined) {
      await call.store.commit([
        buckets.put(everywhere, Bucket, {
          Name: Bucket,
          accountId: call.accountId,
          Region: region,
          CreationDate: call.clock.now().toISOString(),
          encryption: { SSEAlgorithm: 'AES256', BucketKeyEnabled: false },
        }),
      ]);
    }
    return { headers: { location: `/${Bucket}` } };
  },
});

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
function isBucketName(name: string): boolean {
  const isReserved = /^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name);
  const isAddress = /^\d+\.\d+\.\d+\.\d+$/.test(name);
  return /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !name.includes('..') && !isAddress && !isReserved;
}

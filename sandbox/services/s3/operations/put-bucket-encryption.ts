import type { PutBucketEncryptionRequest, ServerSideEncryptionRule } from '@aws-sdk/client-s3';
import { operation } from '../../../calls/operation.ts';
import type { RestXmlOutput } from '../../../protocols/rest-xml.ts';
import { requireBucket, s3Arn } from '../bucket.ts';
import { buckets, everywhere } from '../records.ts';
import { malformed, xmlBody } from '../xml-body.ts';

type Input = Partial<PutBucketEncryptionRequest> & { Body?: Buffer };

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html */
export const putBucketEncryption = operation<Input, RestXmlOutput, 'store'>({
  action: 's3:PutEncryptionConfiguration',
  resource: s3Arn,
  async run(input, call) {
    const bucket = requireBucket(input, call);
    const rule = ruleOf(input);
    const byDefault = rule?.ApplyServerSideEncryptionByDefault;
    if (byDefault?.SSEAlgorithm === undefined) throw malformed();
    await call.store.commit([
      buckets.put(everywhere, bucket.Name, {
        ...bucket,
        encryption: {
          SSEAlgorithm: byDefault.SSEAlgorithm,
          BucketKeyEnabled: String(rule?.BucketKeyEnabled ?? false) === 'true',
          KMSMasterKeyID: byDefault.KMSMasterKeyID,
        },
      }),
    ]);
    return {};
  },
});

/** The only kind of rule in S3, from the SDK's input or from the body's XML. */
function ruleOf(input: Input): ServerSideEncryptionRule | undefined {
  const given = input.ServerSideEncryptionConfiguration;
  if (given !== undefined) return given.Rules?.[0];
  return (
    xmlBody(input.Body, 'ServerSideEncryptionConfiguration')?.Rule as ServerSideEncryptionRule[] | undefined
  )?.[0];
}

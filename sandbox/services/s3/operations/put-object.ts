import { AwsError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import type { RestXmlOutput } from '../../../protocols/rest-xml.ts';
import { requireBucket, s3Arn } from '../bucket.ts';
import { type ContentInput, contentHeaders, encryptionHeaders } from '../object-headers.ts';
import { checkKey } from '../object-key.ts';
import { inBucket, objects } from '../records.ts';
import { type ChecksumInput, storeBytes } from '../store-bytes.ts';

interface Input extends ContentInput, ChecksumInput {
  readonly Bucket: string;
  readonly Key: string;
  readonly Body?: Buffer;
  readonly IfMatch?: string;
  readonly IfNoneMatch?: string;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export const putObject = operation<Input, RestXmlOutput, 'store' | 'blobs' | 'clock'>({
  resource: s3Arn,
  async run(input, call) {
    const { Name } = requireBucket(input, call);
    checkKey(input.Key);
    const headers = contentHeaders(input, requireBucket(input, call));
    const stored = await storeBytes(input, call);
    // Checked after the bytes are stored: of two creators, only one succeeds.
    const before = objects.get(call.store, inBucket(Name), input.Key);
    if (input.IfNoneMatch === '*' && before !== undefined) throw preconditionFailed();
    if (input.IfMatch !== undefined && input.IfMatch.replaceAll('"', '') !== before?.ETag.replaceAll('"', '')) {
      throw preconditionFailed();
    }
    requireBucket(input, call);
    await call.store.commit([objects.put(inBucket(Name), input.Key, { Key: input.Key, headers, ...stored })]);
    return { headers: { etag: stored.ETag, ...stored.checksums, ...encryptionHeaders(headers) } };
  },
});

function preconditionFailed(): AwsError {
  return new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
}

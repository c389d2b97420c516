import { AwsError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import type { RestXmlOutput } from '../../../protocols/rest-xml.ts';
import { s3Arn } from '../bucket.ts';
import { inBucket, uploads } from '../records.ts';
import { type ChecksumInput, storeBytes } from '../store-bytes.ts';
import { requireUpload, type UploadInput } from '../upload.ts';

interface Input extends UploadInput, ChecksumInput {
  readonly PartNumber: number;
  readonly Body?: Buffer;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html */
export const uploadPart = operation<Input, RestXmlOutput, 'store' | 'blobs' | 'clock'>({
  action: 's3:PutObject',
  resource: s3Arn,
  async run(input, call) {
    const { PartNumber, Bucket } = input;
    if (!(PartNumber >= 1 && PartNumber <= 10_000)) {
      throw new AwsError('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive');
    }
    requireUpload(input, call);
    const part = await storeBytes(input, call);
    // Other parts may have arrived while this one was written.
    const upload = requireUpload(input, call);
    await call.store.commit([
      uploads.put(inBucket(Bucket), upload.UploadId, { ...upload, parts: { ...upload.parts, [PartNumber]: part } }),
    ]);
    return { headers: { etag: part.ETag, ...part.checksums } };
  },
});

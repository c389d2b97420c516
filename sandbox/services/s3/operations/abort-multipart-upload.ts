import { operation } from '../../../calls/operation.ts';
import type { RestXmlOutput } from '../../../protocols/rest-xml.ts';
import { s3Arn } from '../bucket.ts';
import { inBucket, uploads } from '../records.ts';
import { requireUpload, type UploadInput } from '../upload.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html */
export const abortMultipartUpload = operation<UploadInput, RestXmlOutput, 'store'>({
  resource: s3Arn,
  async run(input, call) {
    const { UploadId } = requireUpload(input, call);
    await call.store.commit([uploads.remove(inBucket(input.Bucket), UploadId)]);
    return { status: 204 };
  },
});

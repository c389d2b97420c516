import { operation } from '../../../calls/operation.ts';
import type { RestXmlOutput } from '../../../protocols/rest-xml.ts';
import { requireBucket, s3Arn } from '../bucket.ts';
import { type ContentInput, contentHeaders, encryptionHeaders } from '../object-headers.ts';
import { checkKey } from '../object-key.ts';
import { inBucket, uploads } from '../records.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html */
export const createMultipartUpload = operation<
  ContentInput & { Bucket: string; Key: string },
  RestXmlOutput,
  'store' | 'ids'
>({
  action: 's3:PutObject',
  resource: s3Arn,
  async run(input, call) {
    const bucket = requireBucket(input, call);
    checkKey(input.Key);
    const headers = contentHeaders(input, bucket);
    const UploadId = call.ids.short(64);
    await call.store.commit([
      uploads.put(inBucket(bucket.Name), UploadId, { UploadId, Key: input.Key, headers, parts: {} }),
    ]);
    return {
      headers: encryptionHeaders(headers),
      document: { InitiateMultipartUploadResult: { Bucket: bucket.Name, Key: input.Key, UploadId } },
    };
  },
});

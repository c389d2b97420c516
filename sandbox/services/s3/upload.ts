import type { Call } from '../../calls/context.ts';
import { AwsError } from '../../calls/errors.ts';
import { requireBucket } from './bucket.ts';
import { inBucket, type UploadRecord, uploads } from './records.ts';

/** Identifies a multipart upload. */
export interface UploadInput {
  readonly Bucket: string;
  readonly Key: string;
  readonly UploadId: string;
}

/** Returns the unfinished multipart upload with that id. Throws NoSuchUpload, and what `requireBucket` throws. */
export function requireUpload(input: UploadInput, call: Call<'store'>): UploadRecord {
  const { Name } = requireBucket(input, call);
  const upload = uploads.get(call.store, inBucket(Name), input.UploadId);
  if (upload === undefined || upload.Key !== input.Key) {
    throw new AwsError(
      'NoSuchUpload',
      'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
      404,
      { UploadId: input.UploadId },
    );
  }
  return upload;
}

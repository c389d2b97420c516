import { createHash } from 'node:crypto';
import { AwsError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import type { RestXmlOutput } from '../../../protocols/rest-xml.ts';
import { joined } from '../../../state/digest.ts';
import { s3Arn } from '../bucket.ts';
import { encryptionHeaders } from '../object-headers.ts';
import { inBucket, objects, type StoredBytes, type UploadRecord, uploads } from '../records.ts';
import { requireUpload, type UploadInput } from '../upload.ts';
import { malformed, xmlBody } from '../xml-body.ts';

const smallestPart = 5 * 1024 * 1024;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html */
export const completeMultipartUpload = operation<
  UploadInput & { Body?: Buffer },
  RestXmlOutput,
  'store' | 'blobs' | 'clock' | 'address'
>({
  action: 's3:PutObject',
  resource: s3Arn,
  async run(input, call) {
    const { Bucket, Key } = input;
    const parts = chosenParts(input.Body, requireUpload(input, call));
    const bytes = await joined(await Promise.all(parts.map(({ blob }) => call.blobs.get(blob))));
    const blob = await call.blobs.put(bytes);
    const { UploadId, headers } = requireUpload(input, call);
    const LastModified = call.clock.now().toISOString();
    const ETag = etagOf(parts);
    await call.store.commit([
      objects.put(inBucket(Bucket), Key, { Key, headers, blob, Size: bytes.length, ETag, LastModified, checksums: {} }),
      uploads.remove(inBucket(Bucket), UploadId),
    ]);
    return {
      headers: encryptionHeaders(headers),
      document: {
        CompleteMultipartUploadResult: { Location: `${call.address.http()}/${Bucket}/${Key}`, Bucket, Key, ETag },
      },
    };
  },
});

function chosenParts(body: Buffer | undefined, upload: UploadRecord): StoredBytes[] {
  const list = xmlBody(body, 'CompleteMultipartUpload')?.Part as Array<{ PartNumber?: string; ETag?: string }>;
  if (list === undefined || list.length === 0) throw malformed();
  const numbers = list.map(({ PartNumber }) => Number(PartNumber));
  if (numbers.some((number, index) => index > 0 && number <= (numbers[index - 1] ?? 0))) {
    throw new AwsError(
      'InvalidPartOrder',
      'The list of parts was not in ascending order. The parts list must be specified in order by part number.',
    );
  }
  return list.map(({ ETag = '' }, index) => {
    const part = upload.parts[numbers[index] ?? 0];
    if (part === undefined || part.ETag.replaceAll('"', '') !== ETag.replaceAll('"', '')) {
      throw new AwsError(
        'InvalidPart',
        'One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part’s entity tag.',
      );
    }
    if (index < list.length - 1 && part.Size < smallestPart) {
      throw new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
    }
    return part;
  });
}

/** The MD5 of the parts' MD5s, and their number. */
function etagOf(parts: readonly StoredBytes[]): string {
  const hash = createHash('md5');
  for (const { ETag } of parts) hash.update(Buffer.from(ETag.replaceAll('"', ''), 'hex'));
  return `"${hash.digest('hex')}-${parts.length}"`;
}

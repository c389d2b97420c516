import { AwsError, UnsupportedError } from '../../calls/errors.ts';
import type { BucketRecord, ObjectRecord } from './records.ts';

/** Headers that a client can set for an object's content. */
export interface ContentInput {
  readonly CacheControl?: string;
  readonly ContentDisposition?: string;
  readonly ContentEncoding?: string;
  readonly ContentLanguage?: string;
  readonly ContentType?: string;
  readonly Expires?: string;
  readonly Metadata?: Readonly<Record<string, string>>;
  readonly ServerSideEncryption?: string;
  readonly SSEKMSKeyId?: string;
  readonly ACL?: string;
  readonly StorageClass?: string;
  readonly Tagging?: string;
  readonly ObjectLockMode?: string;
  readonly SSECustomerAlgorithm?: string;
  readonly WebsiteRedirectLocation?: string;
}

/** The headers to store with an object. Rejects unsupported ones. */
export function contentHeaders(input: ContentInput, bucket: BucketRecord): Record<string, string> {
  for (const member of ['Tagging', 'ObjectLockMode', 'SSECustomerAlgorithm', 'WebsiteRedirectLocation'] as const) {
    if (input[member] !== undefined) throw new UnsupportedError(`S3 objects with ${member}`);
  }
  if (!['private', 'bucket-owner-full-control', undefined].includes(input.ACL)) {
    throw new UnsupportedError(`the S3 ACL ${input.ACL}`);
  }
  if (!['STANDARD', undefined].includes(input.StorageClass)) {
    throw new UnsupportedError(`the S3 storage class ${input.StorageClass}`);
  }
  const headers: Record<string, string | undefined> = {
    'cache-control': input.CacheControl,
    'content-disposition': input.ContentDisposition,
    'content-encoding': input.ContentEncoding,
    'content-language': input.ContentLanguage,
    'content-type': input.ContentType ?? 'binary/octet-stream',
    expires: input.Expires,
    'x-amz-server-side-encryption': input.ServerSideEncryption ?? bucket.encryption.SSEAlgorithm,
    'x-amz-server-side-encryption-aws-kms-key-id': input.SSEKMSKeyId ?? bucket.encryption.KMSMasterKeyID,
  };
  const metadata = Object.entries(input.Metadata ?? {});
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html#UserMetadata
  if (Buffer.byteLength(metadata.flat().join('')) > 2048) {
    throw new AwsError('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size');
  }
  for (const [name, value] of metadata) headers[`x-amz-meta-${name}`] = value;
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** The object's headers in a put's response. */
export function encryptionHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => name.startsWith('x-amz-server-side-encryption')),
  );
}

/** A reader's options. */
export interface ReadInput {
  readonly IfMatch?: string;
  readonly IfNoneMatch?: string;
  readonly IfModifiedSince?: string;
  readonly IfUnmodifiedSince?: string;
  readonly ChecksumMode?: string;
  readonly VersionId?: string;
  readonly PartNumber?: number;
  readonly ResponseCacheControl?: string;
  readonly ResponseContentDisposition?: string;
  readonly ResponseContentEncoding?: string;
  readonly ResponseContentLanguage?: string;
  readonly ResponseContentType?: string;
  readonly ResponseExpires?: string;
}

/** The headers of a read object. */
export function answerHeaders(object: ObjectRecord, input: ReadInput): Record<string, string> {
  if (input.VersionId !== undefined && input.VersionId !== 'null') throw new UnsupportedError('S3 object versions');
  if (input.PartNumber !== undefined) throw new UnsupportedError('reading one part of an S3 object');
  const asked = {
    'cache-control': input.ResponseCacheControl,
    'content-disposition': input.ResponseContentDisposition,
    'content-encoding': input.ResponseContentEncoding,
    'content-language': input.ResponseContentLanguage,
    'content-type': input.ResponseContentType,
    expires: input.ResponseExpires,
  };
  return {
    ...object.headers,
    ...(Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) as Record<string, string>),
    'accept-ranges': 'bytes',
    etag: object.ETag,
    'last-modified': new Date(object.LastModified).toUTCString(),
  };
}

/**
 * Whether the reader already has the object (304). Throws PreconditionFailed
 * (https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2).
 */
export function isNotModified(object: ObjectRecord, input: ReadInput): boolean {
  const modified = Math.floor(Date.parse(object.LastModified) / 1000) * 1000;
  const failed =
    input.IfMatch !== undefined
      ? !isNamed(input.IfMatch, object.ETag)
      : input.IfUnmodifiedSince !== undefined && modified > Date.parse(input.IfUnmodifiedSince);
  if (failed) {
    throw new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
  }
  return input.IfNoneMatch !== undefined
    ? isNamed(input.IfNoneMatch, object.ETag)
    : input.IfModifiedSince !== undefined && modified <= Date.parse(input.IfModifiedSince);
}

function isNamed(list: string, etag: string): boolean {
  return list.split(',').some((item) => ['*', etag, etag.replaceAll('"', '')].includes(item.trim()));
}

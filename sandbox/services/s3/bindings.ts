import type { HttpRequest } from '../../calls/operation.ts';
import { decodeBody } from './body.ts';

/** Query parameters to members of the SDK's input types. */
const fromQuery: Readonly<Record<string, string>> = {
  'bucket-region': 'BucketRegion',
  'continuation-token': 'ContinuationToken',
  delimiter: 'Delimiter',
  'encoding-type': 'EncodingType',
  'fetch-owner': 'FetchOwner',
  marker: 'Marker',
  'max-buckets': 'MaxBuckets',
  'max-keys': 'MaxKeys',
  partNumber: 'PartNumber',
  prefix: 'Prefix',
  'response-cache-control': 'ResponseCacheControl',
  'response-content-disposition': 'ResponseContentDisposition',
  'response-content-encoding': 'ResponseContentEncoding',
  'response-content-language': 'ResponseContentLanguage',
  'response-content-type': 'ResponseContentType',
  'response-expires': 'ResponseExpires',
  'start-after': 'StartAfter',
  uploadId: 'UploadId',
  versionId: 'VersionId',
};

/** Headers to members of the SDK's input types. */
const fromHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'CacheControl',
  'content-disposition': 'ContentDisposition',
  'content-encoding': 'ContentEncoding',
  'content-language': 'ContentLanguage',
  'content-md5': 'ContentMD5',
  'content-type': 'ContentType',
  expires: 'Expires',
  'if-match': 'IfMatch',
  'if-modified-since': 'IfModifiedSince',
  'if-none-match': 'IfNoneMatch',
  'if-unmodified-since': 'IfUnmodifiedSince',
  range: 'Range',
  'x-amz-acl': 'ACL',
  'x-amz-bypass-governance-retention': 'BypassGovernanceRetention',
  'x-amz-checksum-crc32': 'ChecksumCRC32',
  'x-amz-checksum-crc32c': 'ChecksumCRC32C',
  'x-amz-checksum-crc64nvme': 'ChecksumCRC64NVME',
  'x-amz-checksum-mode': 'ChecksumMode',
  'x-amz-checksum-sha1': 'ChecksumSHA1',
  'x-amz-checksum-sha256': 'ChecksumSHA256',
  'x-amz-checksum-type': 'ChecksumType',
  'x-amz-expected-bucket-owner': 'ExpectedBucketOwner',
  'x-amz-object-lock-mode': 'ObjectLockMode',
  'x-amz-server-side-encryption': 'ServerSideEncryption',
  'x-amz-server-side-encryption-aws-kms-key-id': 'SSEKMSKeyId',
  'x-amz-server-side-encryption-customer-algorithm': 'SSECustomerAlgorithm',
  'x-amz-storage-class': 'StorageClass',
  'x-amz-tagging': 'Tagging',
  'x-amz-website-redirect-location': 'WebsiteRedirectLocation',
};

const numbers = new Set(['MaxBuckets', 'MaxKeys', 'PartNumber']);

const metadataPrefix = 'x-amz-meta-';

/**
 * The members of an operation's input from headers, query string and body. The body is raw bytes: extracted from
 * chunks, and verified against the checksums sent with it.
 */
export async function bind(request: HttpRequest): Promise<object> {
  const { body, headers } = await decodeBody(request);
  const input: Record<string, unknown> = { Body: body };
  for (const [name, value] of request.query) {
    const member = fromQuery[name];
    if (member !== undefined) input[member] = numbers.has(member) ? Number(value) : value;
  }
  const metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const member = fromHeaders[name];
    if (member !== undefined) input[member] = value;
    if (name.startsWith(metadataPrefix)) metadata[name.slice(metadataPrefix.length)] = value;
  }
  if (Object.keys(metadata).length > 0) input.Metadata = metadata;
  return input;
}

import { AwsError } from '../../calls/errors.ts';
import type { HttpRequest } from '../../calls/operation.ts';
import type { S3Address } from './address.ts';

/** The meaning of `?<name>` in a bucket's query string. */
const ofBucket: Readonly<Record<string, string>> = {
  accelerate: 'BucketAccelerateConfiguration',
  acl: 'BucketAcl',
  analytics: 'BucketAnalyticsConfiguration',
  cors: 'BucketCors',
  encryption: 'BucketEncryption',
  inventory: 'BucketInventoryConfiguration',
  'intelligent-tiering': 'BucketIntelligentTieringConfiguration',
  lifecycle: 'BucketLifecycleConfiguration',
  location: 'BucketLocation',
  logging: 'BucketLogging',
  metrics: 'BucketMetricsConfiguration',
  notification: 'BucketNotificationConfiguration',
  'object-lock': 'ObjectLockConfiguration',
  ownershipControls: 'BucketOwnershipControls',
  policy: 'BucketPolicy',
  policyStatus: 'BucketPolicyStatus',
  publicAccessBlock: 'PublicAccessBlock',
  replication: 'BucketReplication',
  requestPayment: 'BucketRequestPayment',
  tagging: 'BucketTagging',
  versioning: 'BucketVersioning',
  website: 'BucketWebsite',
};

const ofObject: Readonly<Record<string, string>> = {
  acl: 'ObjectAcl',
  attributes: 'ObjectAttributes',
  'legal-hold': 'ObjectLegalHold',
  retention: 'ObjectRetention',
  tagging: 'ObjectTagging',
  torrent: 'ObjectTorrent',
};

const verbs: Readonly<Record<string, string>> = { GET: 'Get', PUT: 'Put', DELETE: 'Delete', HEAD: 'Head' };

/**
 * Returns the name of a request's S3 operation, supported or not
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html).
 */
export function selectOperation(request: HttpRequest, { Bucket, Key }: S3Address): string {
  const { method, query, headers } = request;
  if (Bucket === undefined) return method === 'GET' ? 'ListBuckets' : notAllowed(method);
  const table = Key === undefined ? ofBucket : ofObject;
  const about = Object.keys(table).find((name) => query.has(name));
  if (about !== undefined) return `${verbs[method] ?? notAllowed(method)}${table[about]}`;
  return Key === undefined ? bucketOperation(method, query) : objectOperation(method, query, headers);
}

function bucketOperation(method: string, query: URLSearchParams): string {
  if (method === 'GET') {
    if (query.has('uploads')) return 'ListMultipartUploads';
    if (query.has('versions')) return 'ListObjectVersions';
    return query.get('list-type') === '2' ? 'ListObjectsV2' : 'ListObjects';
  }
  if (method === 'POST' && query.has('delete')) return 'DeleteObjects';
  return { PUT: 'CreateBucket', DELETE: 'DeleteBucket', HEAD: 'HeadBucket' }[method] ?? notAllowed(method);
}

function objectOperation(method: string, query: URLSearchParams, headers: HttpRequest['headers']): string {
  const isCopy = headers['x-amz-copy-source'] !== undefined;
  if (query.has('uploadId')) {
    const part = isCopy ? 'UploadPartCopy' : 'UploadPart';
    const names = { GET: 'ListParts', PUT: part, POST: 'CompleteMultipartUpload', DELETE: 'AbortMultipartUpload' };
    return (names as Record<string, string>)[method] ?? notAllowed(method);
  }
  if (method === 'POST' && query.has('uploads')) return 'CreateMultipartUpload';
  if (method === 'POST' && query.has('select')) return 'SelectObjectContent';
  if (method === 'POST' && query.has('restore')) return 'RestoreObject';
  if (method === 'PUT') return isCopy ? 'CopyObject' : 'PutObject';
  return { GET: 'GetObject', HEAD: 'HeadObject', DELETE: 'DeleteObject' }[method] ?? notAllowed(method);
}

function notAllowed(method: string): never {
  throw new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405, {
    Method: method,
  });
}

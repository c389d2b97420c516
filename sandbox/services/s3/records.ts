import { collection } from '../../state/collection.ts';

/** The scope of buckets: their names are taken for every account at once. */
export const everywhere = 's3/buckets';

export interface BucketRecord {
  readonly Name: string;
  readonly accountId: string;
  readonly Region: string;
  /** ISO 8601. */
  readonly CreationDate: string;
  /** The bucket's default encryption; every bucket has one. */
  readonly encryption: Encryption;
}

export interface Encryption {
  readonly SSEAlgorithm: string;
  readonly KMSMasterKeyID?: string;
  readonly BucketKeyEnabled: boolean;
}

/** What is known of some bytes that were put: an object, or a part of an upload. */
export interface StoredBytes {
  /** The name of the bytes among the account's blobs. */
  readonly blob: string;
  readonly Size: number;
  /** In quotes, as it goes over the wire. */
  readonly ETag: string;
  /** ISO 8601. */
  readonly LastModified: string;
  /** Checksum header to base64: `x-amz-checksum-crc32`. */
  readonly checksums: Readonly<Record<string, string>>;
}

export interface ObjectRecord extends StoredBytes {
  readonly Key: string;
  /** What was said of the content when it was put, and is said again when it is read. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface UploadRecord {
  readonly UploadId: string;
  readonly Key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly parts: Readonly<Record<number, StoredBytes>>;
}

export const buckets = collection<BucketRecord>('s3/bucket');

/** By key, in the scope of their bucket. */
export const objects = collection<ObjectRecord>('s3/object');

/** By upload id, in the scope of their bucket. */
export const uploads = collection<UploadRecord>('s3/upload');

/** The scope of what is in a bucket. */
export function inBucket(bucket: string): string {
  return `s3/${bucket}`;
}

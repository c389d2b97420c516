import { collection } from '../../state/collection.ts';

/** The scope of buckets: their names are shared by all accounts. */
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

/** The metadata of stored bytes: an object, or a part of an upload. */
export interface StoredBytes {
  /** The bytes' name among the account's blobs. */
  readonly blob: string;
  readonly Size: number;
  /** In quotes, as sent over the wire. */
  readonly ETag: string;
  /** ISO 8601. */
  readonly LastModified: string;
  /** Checksum header to base64: `x-amz-checksum-crc32`. */
  readonly checksums: Readonly<Record<string, string>>;
}

export interface ObjectRecord extends StoredBytes {
  readonly Key: string;
  /** The content headers that were sent with it, and are returned with it. */
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

/** The scope of a bucket's contents. */
export function inBucket(bucket: string): string {
  return `s3/${bucket}`;
}

import type { ListObjectsV2Request } from '@aws-sdk/client-s3';
import { AwsError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import type { RestXmlOutput } from '../../../protocols/rest-xml.ts';
import { requireBucket, s3Arn } from '../bucket.ts';
import { inBucket, type ObjectRecord, objects } from '../records.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export const listObjectsV2 = operation<ListObjectsV2Request, RestXmlOutput, 'store'>({
  action: 's3:ListBucket',
  resource: ({ Bucket }) => s3Arn({ Bucket }),
  run(input, call) {
    const { Name } = requireBucket(input, call);
    const { Prefix = '', Delimiter = '', MaxKeys = 1000, EncodingType, ContinuationToken, StartAfter = '' } = input;
    if (!Number.isInteger(MaxKeys) || MaxKeys < 0) {
      throw new AwsError('InvalidArgument', 'Provided max-keys not an integer or within integer range');
    }
    const after = ContinuationToken === undefined ? StartAfter : keyOf(ContinuationToken);
    const entries = grouped(objects.list(call.store, inBucket(Name)), Prefix, Delimiter, after);
    const page = entries.slice(0, Math.min(MaxKeys, 1000));
    const spell = (text: string) => (EncodingType === 'url' ? encodeURIComponent(text).replaceAll('%2F', '/') : text);
    // The query string's `true` stays text.
    const owner = String(input.FetchOwner) === 'true' ? { Owner: { ID: call.accountId } } : {};
    const isTruncated = page.length > 0 && page.length < entries.length;
    return {
      document: {
        ListBucketResult: {
          Name,
          Prefix: spell(Prefix),
          ...(Delimiter === '' ? {} : { Delimiter: spell(Delimiter) }),
          EncodingType,
          ContinuationToken,
          ...(StartAfter === '' ? {} : { StartAfter: spell(StartAfter) }),
          MaxKeys,
          KeyCount: page.length,
          IsTruncated: isTruncated,
          ...(isTruncated ? { NextContinuationToken: tokenOf(page.at(-1)?.name ?? '') } : {}),
          Contents: page.flatMap(({ object }) =>
            object === undefined ? [] : [{ ...summary(object, spell), ...owner }],
          ),
          CommonPrefixes: page.flatMap(({ name, object }) => (object === undefined ? [{ Prefix: spell(name) }] : [])),
        },
      },
    };
  },
});

function tokenOf(key: string): string {
  return Buffer.from(key).toString('base64url');
}

function keyOf(token: string): string {
  const key = Buffer.from(token, 'base64url').toString('utf8');
  if (token !== '' && tokenOf(key) === token) return key;
  throw new AwsError('InvalidArgument', 'The continuation token provided is incorrect');
}

/** A key with its object, or a prefix that several keys share up to the delimiter. */
interface Entry {
  readonly name: string;
  readonly object?: ObjectRecord;
}

function grouped(all: readonly ObjectRecord[], prefix: string, delimiter: string, after: string): Entry[] {
  const entries: Entry[] = [];
  for (const object of all) {
    if (!object.Key.startsWith(prefix)) continue;
    const end = delimiter === '' ? -1 : object.Key.indexOf(delimiter, prefix.length);
    const name = end < 0 ? object.Key : object.Key.slice(0, end + delimiter.length);
    if (name <= after || (end >= 0 && entries.at(-1)?.name === name)) continue;
    entries.push(end < 0 ? { name, object } : { name });
  }
  return entries;
}

function summary({ Key, LastModified, ETag, Size, checksums }: ObjectRecord, spell: (text: string) => string): object {
  const algorithms = Object.keys(checksums).map((header) => header.replace('x-amz-checksum-', '').toUpperCase());
  return {
    Key: spell(Key),
    LastModified,
    ETag,
    ...(algorithms.length === 0 ? {} : { ChecksumAlgorithm: algorithms, ChecksumType: 'FULL_OBJECT' }),
    Size,
    StorageClass: 'STANDARD',
  };
}

import type { Call } from '../../calls/context.ts';
import type { ContextKeys } from '../../iam-policy/request-context.ts';
import { buckets, everywhere } from './records.ts';

/**
 * The condition keys of S3's actions: a bucket's ARN doesn't contain its owner
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html).
 */
export function s3Context(input: object, call: Call<'store'>): ContextKeys {
  const { Bucket = '', Prefix, Delimiter, MaxKeys } = input as Readonly<Record<string, string | undefined>>;
  const owner = buckets.get(call.store, everywhere, Bucket)?.accountId ?? call.accountId;
  return {
    'aws:ResourceAccount': owner,
    's3:ResourceAccount': owner,
    ...(Prefix === undefined ? {} : { 's3:prefix': Prefix }),
    ...(Delimiter === undefined ? {} : { 's3:delimiter': Delimiter }),
    ...(MaxKeys === undefined ? {} : { 's3:max-keys': String(MaxKeys) }),
  };
}

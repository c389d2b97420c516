/** The target of an S3 address. */
export interface S3Address {
  /** Undefined for the service itself, as in ListBuckets. */
  readonly Bucket: string | undefined;
  readonly Key: string | undefined;
}

/**
 * Parses bucket and key from a host and a path, in path style (`s3.us-east-1.amazonaws.com/bucket/key`, or any host
 * that isn't S3's) and virtual-hosted style (`bucket.s3.us-east-1.amazonaws.com/key`)
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html).
 */
export function s3Address(host: string, path: string): S3Address {
  const inHost = /^(.+)\.s3[.-](?:[a-z0-9-]+\.)?amazonaws\.com(?::\d+)?$/.exec(host)?.[1];
  const rest = path.replace(/^\//, '');
  if (inHost !== undefined) return { Bucket: inHost, Key: rest === '' ? undefined : decode(rest) };
  const [bucket = '', key = ''] = rest.split(/\/(.*)/s);
  return { Bucket: bucket === '' ? undefined : decode(bucket), Key: key === '' ? undefined : decode(key) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

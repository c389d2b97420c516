import { AwsError } from '../../calls/errors.ts';

/**
 * Throws if a key is too long or contains invalid characters
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html).
 */
export function checkKey(key: string): void {
  if (Buffer.byteLength(key) > 1024) throw new AwsError('KeyTooLongError', 'Your key is too long');
  if (key.includes('\u0000')) throw new AwsError('InvalidArgument', 'A key must not contain NUL');
}

import { AwsError } from '../../calls/errors.ts';
import { requireLength } from './naming.ts';
import type { Tag } from './records.ts';

/** A tag as received: the query protocol leaves an empty value out. */
export interface GivenTag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/**
 * The tags with others added or changed. Throws what `readTags` throws, InvalidInput for duplicate keys, LimitExceeded
 * for more than 50.
 */
export function withTags(tags: readonly Tag[], given: readonly GivenTag[] | undefined): Tag[] {
  const added = readTags(given);
  const keys = added.map(({ Key }) => Key.toLowerCase());
  if (new Set(keys).size < keys.length) {
    throw new AwsError('InvalidInput', 'Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  }
  const kept = tags.filter(({ Key }) => !keys.includes(Key.toLowerCase()));
  const all = [...kept, ...added];
  if (all.length > 50) {
    throw new AwsError('LimitExceeded', 'The number of tags has reached the maximum limit.', 409);
  }
  return all;
}

/**
 * Parses tags. Throws ValidationError for a wrong length, and for invalid characters
 * (https://docs.aws.amazon.com/IAM/latest/APIReference/API_Tag.html).
 */
export function readTags(given: readonly GivenTag[] | undefined): Tag[] {
  const tags = (given ?? []).map(({ Key = '', Value = '' }) => ({ Key, Value }));
  for (const [index, { Key, Value }] of tags.entries()) {
    requireTagText(`tags.${index + 1}.member.key`, Key, 1, 128);
    requireTagText(`tags.${index + 1}.member.value`, Value, 0, 256);
  }
  return tags;
}

function requireTagText(member: string, text: string, least: number, most: number): void {
  requireLength(member, text, least, most);
  if (/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(text)) return;
  throw new AwsError(
    'ValidationError',
    `1 validation error detected: Value '${text}' at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*`,
  );
}

export function withoutTags(tags: readonly Tag[], keys: readonly string[] | undefined): Tag[] {
  return tags.filter(({ Key }) => !keys?.includes(Key));
}

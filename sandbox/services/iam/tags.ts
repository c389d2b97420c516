import { AwsError } from '../../errors.ts';
import { requireLength } from './naming.ts';
import type { Tag } from './records.ts';

/** A tag as it is sent: the query protocol leaves an empty value out. */
export interface GivenTag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/**
 * The tags with others added or changed. Throws ValidationError for the wrong length, InvalidInput for one key twice,
 * LimitExceeded for more than 50.
 */
export function withTags(tags: readonly Tag[], given: readonly GivenTag[] | undefined): Tag[] {
  const added = (given ?? []).map(({ Key = '', Value = '' }) => ({ Key, Value }));
  for (const [index, { Key, Value }] of added.entries()) {
    requireLength(`tags.${index + 1}.member.key`, Key, 1, 128);
    requireLength(`tags.${index + 1}.member.value`, Value, 0, 256);
  }
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

export function withoutTags(tags: readonly Tag[], keys: readonly string[] | undefined): Tag[] {
  return tags.filter(({ Key }) => !keys?.includes(Key));
}

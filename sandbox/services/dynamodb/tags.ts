import { AwsError } from '../../calls/errors.ts';
import type { TableRecord } from './records.ts';

/** The tags with others added or changed. Throws ValidationException for duplicate keys or more than 50. */
export function withTags(
  tags: TableRecord['Tags'],
  given: ReadonlyArray<{ readonly Key?: string | undefined; readonly Value?: string | undefined }> | undefined,
): TableRecord['Tags'] {
  if (given !== undefined && !Array.isArray(given)) {
    throw new AwsError('SerializationException', 'The value of Tags cannot be converted to a list.');
  }
  const added = (given ?? []).map(({ Key = '', Value = '' }) => ({ Key, Value }));
  const keys = added.map(({ Key }) => Key);
  if (new Set(keys).size < keys.length) {
    throw new AwsError('ValidationException', 'One or more parameter values were invalid: Duplicate tag keys found');
  }
  const all = [...tags.filter(({ Key }) => !keys.includes(Key)), ...added];
  if (all.length > 50) {
    throw new AwsError(
      'ValidationException',
      'One or more parameter values were invalid: Too many tags: 50 is the most',
    );
  }
  return all;
}

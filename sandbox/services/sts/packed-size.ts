import type { AssumeRoleRequest } from '@aws-sdk/client-sts';
import type { CallerSession } from '../../calls/caller.ts';
import { AwsError } from '../../calls/errors.ts';

/** Bytes. AWS has its own packing of policies and tags; more than this leaves no room for the token. */
const room = 4096;

/**
 * The percentage of the space for policies and tags that a session uses: its policies, and its tags including
 * transitive ones (https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html). Throws
 * PackedPolicyTooLarge.
 */
export function packedSize(
  { Policy = '', PolicyArns = [] }: Pick<AssumeRoleRequest, 'Policy' | 'PolicyArns'>,
  tags: NonNullable<CallerSession['tags']> = [],
): { PackedPolicySize?: number } {
  const lists = [PolicyArns, tags].filter(({ length }) => length > 0).map((list) => JSON.stringify(list));
  const PackedPolicySize = Math.ceil((Buffer.byteLength([Policy, ...lists].join('')) / room) * 100);
  if (PackedPolicySize > 100) {
    const what = tags.length > 0 ? 'Packed size of session tags' : 'Packed policy';
    throw new AwsError('PackedPolicyTooLarge', `${what} consumes ${PackedPolicySize}% of allotted space.`);
  }
  return PackedPolicySize === 0 ? {} : { PackedPolicySize };
}

import type { AssumeRoleRequest } from '@aws-sdk/client-sts';
import type { CallerSession } from '../../calls/context.ts';
import { AwsError } from '../../calls/errors.ts';

/** Bytes. AWS packs policies and tags in a way of its own; what is more than this leaves no room for the token. */
const room = 4096;

/**
 * How much of the room for policies and tags a session takes, in per cent: its policies, and its tags with those that
 * were handed on (https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html). Throws PackedPolicyTooLarge.
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

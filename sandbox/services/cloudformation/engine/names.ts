import type { Ids } from '../../../calls/ids.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * A physical name like CloudFormation's: `<stack>-<logical id>-<12 random>`, no longer than the service allows. If it
 * is too long, both names are shortened, the longer one first
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-name.html).
 */
export function physicalName(
  { stackName, logicalId }: { readonly stackName: string; readonly logicalId: string },
  longest: number,
  ids: Pick<Ids, 'bytes'>,
): string {
  const room = longest - 14;
  const half = Math.floor(room / 2);
  const logicalLength = Math.max(half, room - stackName.length);
  const stackLength = room - Math.min(logicalId.length, logicalLength);
  return `${stackName.slice(0, stackLength)}-${logicalId.slice(0, logicalLength)}-${randomPart(12, ids)}`;
}

/** Random letters and digits. */
export function randomPart(length: number, ids: Pick<Ids, 'bytes'>): string {
  return [...ids.bytes(length)].map((byte) => letters[byte % letters.length]).join('');
}

import type { Stack } from '@aws-sdk/client-cloudformation';
import type { Target } from '../aws/target.ts';
import { LabError } from '../failures/errors.ts';

/** The tag of every stack of the workshop; its value is the lab's id. */
export const workshopTag = 'websocket-lab';

/** Whether a stack has the workshop's tag for a lab. */
export function hasTag({ Tags = [] }: Stack, lab: string): boolean {
  return Tags.some(({ Key, Value }) => Key === workshopTag && Value === lab);
}

/**
 * Throws a LabError if a stack has a lab's name but not the workshop's tag. In the practice account, nothing else needs
 * protection.
 */
export function requireOwn(
  { kind, title }: Pick<Target, 'kind' | 'title'>,
  name: string,
  stack: Stack | undefined,
): void {
  if (kind !== 'aws' || stack === undefined) return;
  const lab = name.replace(/^chat-/, '');
  if (hasTag(stack, lab)) return;
  throw new LabError(
    `The stack ${name} in ${title} isn't the workshop's: it doesn't have the tag ${workshopTag} = ${lab}. It wasn't touched.`,
    `If it is yours, tag it, or delete it with \`aws cloudformation delete-stack --stack-name ${name}\`. Otherwise use another region.`,
  );
}

import type { Stack } from '@aws-sdk/client-cloudformation';
import type { Target } from '../aws/target.ts';
import { LabError } from '../failures/errors.ts';

/** The tag that every stack of the workshop carries; its value is the lab's id. */
export const workshopTag = 'websocket-lab';

/** Whether a stack carries the workshop's tag for a lab. */
export function hasTag({ Tags = [] }: Stack, lab: string): boolean {
  return Tags.some(({ Key, Value }) => Key === workshopTag && Value === lab);
}

/**
 * Throws a LabError where a stack has a lab's name and is not the workshop's: it does not carry its tag. In the practice account
 * there is nothing else to be spared.
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
    `The stack ${name} in ${title} is not the workshop's: it does not carry the tag ${workshopTag} = ${lab}. It was not touched.`,
    `If it is yours, tag it, or delete it by \`aws cloudformation delete-stack --stack-name ${name}\`; else use another region.`,
  );
}

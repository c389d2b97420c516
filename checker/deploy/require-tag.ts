import { stackNameOf } from '../checking/subject.ts';
import { LabError } from '../failures/errors.ts';
import { workshopTag } from '../observe/own-stack.ts';
import { stacksIn } from './manifest.ts';

/** `file` is where the learner writes it, as people are told. Rejects where the stack that was written lacks the workshop's tag: once on AWS, it would not be known as the workshop's. */
export async function requireTag(assembly: string, lab: string, file: string): Promise<void> {
  const name = stackNameOf(lab);
  const stack = (await stacksIn(assembly)).get(name);
  // A stack of another name is told of as such.
  if (stack === undefined || stack.properties?.tags?.[workshopTag] === lab) return;
  throw new LabError(
    `${file} makes a stack without the tag ${workshopTag} = ${lab}, and nothing without it is deployed to AWS.`,
    `Put the line back: Tags.of(stack).add('${workshopTag}', '${lab}');`,
  );
}

import type { Target } from '../aws/target.ts';
import { stackNameOf } from '../checking/subject.ts';
import { LabError } from '../failures/errors.ts';
import { workshopTag } from '../observe/own-stack.ts';
import { type AssembledStack, stackNamed, stacksIn } from './manifest.ts';

/**
 * Returns the lab's stack. Rejects with a LabError if the written stacks wouldn't be found as the lab's: because of
 * another name, another region, or on AWS a missing tag. `file` is where the learner writes the stacks, as shown to
 * people.
 */
export async function requireFindable(
  assembly: string,
  {
    lab,
    target,
    file,
  }: { readonly lab: string; readonly target: Pick<Target, 'kind' | 'region'>; readonly file: string },
): Promise<AssembledStack> {
  const name = stackNameOf(lab);
  const stacks = await stacksIn(assembly);
  const stack = stackNamed(stacks, name);
  if (stack === undefined) {
    const renamed = stacks.get(name)?.properties?.stackName;
    if (renamed === undefined) {
      throw new LabError(
        `${file} doesn't define a stack named ${name}.`,
        'The lab is identified by that name. Give the stack its original name.',
      );
    }
    throw new LabError(
      `${file} names its stack ${renamed} (\`stackName\`), but the lab must be named ${name}.`,
      'Nothing was deployed. Remove `stackName`, and deploy again.',
    );
  }
  for (const each of [stack, ...neededBy(stack, stacks)]) {
    const [, region = ''] = /^aws:\/\/[^/]+\/(.+)$/.exec(each.environment ?? '') ?? [];
    if (!['', 'unknown-region', target.region].includes(region)) {
      throw new LabError(
        `${file} puts the stack ${each.id} in ${region} (\`env\`), but commands use ${target.region}.`,
        target.kind === 'practice'
          ? 'Nothing was deployed. Remove `region` from `env`, and deploy again.'
          : `Nothing was deployed. Remove \`region\` from \`env\`, or switch to that region: \`npx lab use aws --region ${region}\`. Then deploy again.`,
      );
    }
    if (target.kind !== 'aws' || each.properties?.tags?.[workshopTag] === lab) continue;
    throw new LabError(
      `${file} defines a stack without the tag ${workshopTag} = ${lab}${each === stack ? '' : `, ${each.id}`}. Untagged stacks are never deployed to AWS.`,
      each === stack
        ? `Restore the line: Tags.of(stack).add('${workshopTag}', '${lab}');`
        : `Tag all of them: Tags.of(app).add('${workshopTag}', '${lab}');`,
    );
  }
  return stack;
}

/** The stacks that the CDK CLI deploys before one. */
function neededBy(
  { dependencies = [] }: AssembledStack,
  stacks: ReadonlyMap<string, AssembledStack>,
): AssembledStack[] {
  return dependencies.flatMap((id) => {
    const stack = stacks.get(id);
    return stack === undefined ? [] : [stack, ...neededBy(stack, stacks)];
  });
}

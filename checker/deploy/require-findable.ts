import type { Target } from '../aws/target.ts';
import { stackNameOf } from '../checking/subject.ts';
import { LabError } from '../failures/errors.ts';
import { workshopTag } from '../observe/own-stack.ts';
import { type AssembledStack, stacksIn } from './manifest.ts';

/**
 * Rejects with a LabError if the written stacks wouldn't be found as the lab's: because of another name, another
 * region, or on AWS a missing tag. `file` is where the learner writes the stacks, as shown to people.
 */
export async function requireFindable(
  assembly: string,
  {
    lab,
    target,
    file,
  }: { readonly lab: string; readonly target: Pick<Target, 'kind' | 'region'>; readonly file: string },
): Promise<void> {
  const name = stackNameOf(lab);
  const stacks = await stacksIn(assembly);
  const stack = stacks.get(name);
  // A stack with another id is reported separately.
  if (stack === undefined) return;
  const { stackName = name } = stack.properties ?? {};
  if (stackName !== name) {
    throw new LabError(
      `${file} names its stack ${stackName} (\`stackName\`), but the lab must be named ${name}. Nothing was deployed.`,
      'Remove `stackName`, and deploy again.',
    );
  }
  for (const [id, each] of [[name, stack] as const, ...neededBy(stack, stacks)]) {
    const [, region = ''] = /^aws:\/\/[^/]+\/(.+)$/.exec(each.environment ?? '') ?? [];
    if (!['', 'unknown-region', target.region].includes(region)) {
      throw new LabError(
        `${file} puts the stack ${id} in ${region} (\`env\`), but commands use ${target.region}. Nothing was deployed.`,
        target.kind === 'practice'
          ? 'Remove `region` from `env`, and deploy again.'
          : `Remove \`region\` from \`env\`, or switch to that region: \`npx lab use aws --region ${region}\`. Then deploy again.`,
      );
    }
    if (target.kind !== 'aws' || each.properties?.tags?.[workshopTag] === lab) continue;
    throw new LabError(
      `${file} defines a stack without the tag ${workshopTag} = ${lab}${id === name ? '' : `, ${id}`}. Untagged stacks are never deployed to AWS.`,
      id === name
        ? `Restore the line: Tags.of(stack).add('${workshopTag}', '${lab}');`
        : `Tag all of them: Tags.of(app).add('${workshopTag}', '${lab}');`,
    );
  }
}

/** The stacks that the CDK CLI deploys before one. */
function neededBy(
  { dependencies = [] }: AssembledStack,
  stacks: ReadonlyMap<string, AssembledStack>,
): ReadonlyArray<readonly [string, AssembledStack]> {
  return dependencies.flatMap((id) => {
    const stack = stacks.get(id);
    return stack === undefined ? [] : [[id, stack] as const, ...neededBy(stack, stacks)];
  });
}

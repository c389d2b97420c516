import type { Target } from '../aws/target.ts';
import type { StackResource } from '../checking/check.ts';
import { deployedTemplate, describe, listResources, pathsIn } from './stack.ts';

/** The parts of a lab's stack that are in other stacks. */
export interface Related {
  readonly resources: readonly StackResource[];
  readonly paths: ReadonlyMap<string, string>;
}

/** How many stacks are followed: a lab has few. */
const most = 10;

/**
 * Reads a stack's related stacks: its nested ones, and those whose exports it imports, in the form in which the CDK
 * writes references between stacks. Unreadable stacks are left out.
 */
export async function observeRelated(
  target: Target,
  own: { readonly template: string; readonly resources: readonly StackResource[] },
): Promise<Related> {
  const resources: StackResource[] = [];
  const paths = new Map<string, string>();
  const seen = new Set<string>();
  const open = namesOf(own);
  for (let name = open.shift(); name !== undefined && seen.size < most; name = open.shift()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const read = await readStack(target, name).catch(() => undefined);
    if (read === undefined) continue;
    resources.push(...read.resources);
    for (const [id, path] of pathsIn(read.template)) if (!paths.has(id)) paths.set(id, path);
    open.push(...namesOf(read));
  }
  return { resources, paths };
}

async function readStack(target: Target, name: string) {
  const { StackId: id } = (await describe(target, name)) ?? {};
  if (id === undefined) return undefined;
  const [listed, template] = await Promise.all([listResources(target, id), deployedTemplate(target, id)]);
  return { template, resources: listed.map((resource) => ({ ...resource, stack: id })) };
}

function namesOf({ template, resources }: { readonly template: string; readonly resources: readonly StackResource[] }) {
  const nested = resources.flatMap(({ type, physicalId }) => (type === 'AWS::CloudFormation::Stack' ? physicalId : []));
  return [...nested, ...exportersIn(template)];
}

/**
 * Returns the names of the stacks whose exports a template imports: the CDK names an export after its stack,
 * `chat-data:ExportsOutput…`.
 */
export function exportersIn(template: string): string[] {
  const names = [...template.matchAll(/"Fn::ImportValue"\s*:\s*"([\w-]+):/g)].map(([, name = '']) => name);
  return [...new Set(names)];
}

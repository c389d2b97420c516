import type { StackResource } from '../checking/check.ts';

/**
 * Whether CloudFormation's id of a resource names what its service calls by this id. Most resources have the same id in both;
 * some have the ids that lead to it joined by `|`, and some an ARN that ends with it.
 * https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/resource-identifier.html
 */
export function isNamedBy(physicalId: string, id: string | undefined): boolean {
  if (id === undefined || id === '') return false;
  return physicalId
    .split('|')
    .some(
      (part) =>
        part === id || (part.startsWith('arn:') && /[:/]/.test(part.at(-id.length - 1) ?? '') && part.endsWith(id)),
    );
}

/** Finds the stack's resource of a type that its service calls by an id. */
export function resourceNamed(
  resources: readonly StackResource[],
  type: string,
  id: string | undefined,
): StackResource | undefined {
  return resources.find((resource) => resource.type === type && isNamedBy(resource.physicalId, id));
}

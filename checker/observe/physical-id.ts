import type { StackResource } from '../checking/check.ts';

/**
 * Whether CloudFormation's id of a resource refers to what its service identifies by this id. Most resources have the
 * same id in both; some join their parents' ids with `|`, and some have an ARN that ends with it.
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

/** Returns the service's own id, without the parents' ids that CloudFormation may join with it: they come first. */
export function idWithinParents(physicalId: string): string {
  return physicalId.slice(physicalId.lastIndexOf('|') + 1);
}

/** Finds the stack's resource of a type by its service's id. */
export function resourceNamed(
  resources: readonly StackResource[],
  type: string,
  id: string | undefined,
): StackResource | undefined {
  return resources.find((resource) => resource.type === type && isNamedBy(resource.physicalId, id));
}

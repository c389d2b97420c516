import type { Subject } from '../../checking/check.ts';
import type { Sender } from '../../observe/sender.ts';

/**
 * Says what was added to the sending function's resource policy on the function itself, as `addPermission` does;
 * undefined if nothing was. Routes add theirs below the API.
 */
export function addedPermission(
  { resources, locate }: Pick<Subject, 'resources' | 'locate'>,
  { logicalId }: Pick<Sender, 'logicalId'>,
): string | undefined {
  const pathOf = (id: string | undefined) => (id === undefined ? undefined : locate(id)?.construct);
  const own = pathOf(logicalId);
  const added = resources
    .filter(({ type }) => type === 'AWS::Lambda::Permission')
    .map((permission) => pathOf(permission.logicalId))
    .find((path) => own !== undefined && path?.startsWith(`${own}/`));
  if (added === undefined) return undefined;
  const name = added.split('/').slice(1).join('/');
  return `${name} is part of the function's resource policy, which says who can invoke the function. What the function can call is in the policies of its role.`;
}

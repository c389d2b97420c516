import type { DetachRolePolicyRequest } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { permissionsContext } from '../context.ts';
import { withoutAttached } from '../permissions.ts';
import { requireRole, roleResource, saveRole } from '../role.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachRolePolicy.html */
export const detachRolePolicy = operation<DetachRolePolicyRequest, object, 'store'>({
  resource: roleResource,
  context: permissionsContext,
  async run({ RoleName, PolicyArn }, call) {
    const role = requireRole(RoleName, call);
    await saveRole({ ...role, attached: withoutAttached(role, PolicyArn) }, call);
    return {};
  },
});

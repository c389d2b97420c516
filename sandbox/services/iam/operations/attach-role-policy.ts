import type { AttachRolePolicyRequest } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { permissionsContext } from '../context.ts';
import { withAttached } from '../permissions.ts';
import { requireAttachable } from '../policy.ts';
import { requireRole, roleResource, saveRole } from '../role.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html */
export const attachRolePolicy = operation<AttachRolePolicyRequest, object, 'store'>({
  resource: roleResource,
  context: permissionsContext,
  async run({ RoleName, PolicyArn }, call) {
    const role = requireRole(RoleName, call);
    const attached = withAttached(role, 'role', requireAttachable(PolicyArn, call));
    await saveRole({ ...role, attached }, call);
    return {};
  },
});

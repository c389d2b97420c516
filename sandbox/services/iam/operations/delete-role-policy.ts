import type { DeleteRolePolicyRequest } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { permissionsContext } from '../context.ts';
import { withoutInline } from '../permissions.ts';
import { requireRole, roleResource, saveRole } from '../role.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePolicy.html */
export const deleteRolePolicy = operation<DeleteRolePolicyRequest, object, 'store'>({
  resource: roleResource,
  context: permissionsContext,
  async run({ RoleName, PolicyName }, call) {
    const role = requireRole(RoleName, call);
    await saveRole({ ...role, inline: withoutInline(role, 'role', PolicyName) }, call);
    return {};
  },
});

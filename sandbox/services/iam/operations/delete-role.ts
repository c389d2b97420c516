import type { DeleteRoleRequest } from '@aws-sdk/client-iam';
import { global } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { requireNoPolicies } from '../permissions.ts';
import { roles } from '../records.ts';
import { requireRole, roleResource } from '../role.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html */
export const deleteRole = operation<DeleteRoleRequest, object, 'store'>({
  resource: roleResource,
  async run({ RoleName }, call) {
    const role = requireRole(RoleName, call);
    requireNoPolicies(role);
    await call.store.commit([roles.remove(global(call), role.RoleName)]);
    return {};
  },
});

import type { DeleteRolePermissionsBoundaryRequest } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { permissionsContext } from '../context.ts';
import { noSuchEntity } from '../naming.ts';
import { requireRole, roleResource, saveRole } from '../role.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePermissionsBoundary.html */
export const deleteRolePermissionsBoundary = operation<DeleteRolePermissionsBoundaryRequest, object, 'store'>({
  resource: roleResource,
  context: permissionsContext,
  async run({ RoleName }, call) {
    const { PermissionsBoundary, ...role } = requireRole(RoleName, call);
    if (PermissionsBoundary === undefined) throw noSuchEntity(`Role ${RoleName} has no permissions boundary.`);
    await saveRole(role, call);
    return {};
  },
});

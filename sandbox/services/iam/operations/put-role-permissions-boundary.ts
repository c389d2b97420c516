import type { PutRolePermissionsBoundaryRequest } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { permissionsContext } from '../context.ts';
import { requireAttachable } from '../policy.ts';
import { requireRole, roleResource, saveRole } from '../role.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePermissionsBoundary.html */
export const putRolePermissionsBoundary = operation<PutRolePermissionsBoundaryRequest, object, 'store'>({
  resource: roleResource,
  context: permissionsContext,
  async run({ RoleName, PermissionsBoundary }, call) {
    const role = requireRole(RoleName, call);
    await saveRole({ ...role, PermissionsBoundary: requireAttachable(PermissionsBoundary, call) }, call);
    return {};
  },
});

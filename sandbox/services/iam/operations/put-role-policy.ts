import type { PutRolePolicyRequest } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { permissionsContext } from '../context.ts';
import { withInline } from '../permissions.ts';
import { requireRole, roleResource, saveRole } from '../role.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html */
export const putRolePolicy = operation<PutRolePolicyRequest, object, 'store'>({
  resource: roleResource,
  context: permissionsContext,
  async run({ RoleName, PolicyName, PolicyDocument }, call) {
    const role = requireRole(RoleName, call);
    await saveRole({ ...role, inline: withInline(role, 'role', PolicyName, PolicyDocument) }, call);
    return {};
  },
});

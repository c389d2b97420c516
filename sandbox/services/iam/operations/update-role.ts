import type { UpdateRoleRequest, UpdateRoleResponse } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { requireDescription } from '../naming.ts';
import { requireRole, roleResource, saveRole } from '../role.ts';
import { requireSessionDuration } from '../session-duration.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html */
export const updateRole = operation<UpdateRoleRequest, UpdateRoleResponse, 'store'>({
  resource: roleResource,
  async run({ RoleName, Description, MaxSessionDuration }, call) {
    requireDescription(Description);
    const role = requireRole(RoleName, call);
    await saveRole(
      {
        ...role,
        ...(Description === undefined ? {} : { Description }),
        MaxSessionDuration: requireSessionDuration(MaxSessionDuration) ?? role.MaxSessionDuration,
      },
      call,
    );
    return {};
  },
});

import type { UpdateRoleDescriptionRequest, UpdateRoleDescriptionResponse } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { requireDescription } from '../naming.ts';
import { describeRole, requireRole, roleResource, saveRole } from '../role.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRoleDescription.html */
export const updateRoleDescription = operation<UpdateRoleDescriptionRequest, UpdateRoleDescriptionResponse, 'store'>({
  resource: roleResource,
  async run({ RoleName, Description = '' }, call) {
    requireDescription(Description);
    const role = { ...requireRole(RoleName, call), Description };
    await saveRole(role, call);
    return { Role: describeRole(role) };
  },
});

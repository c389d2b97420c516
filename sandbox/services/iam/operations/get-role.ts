import type { GetRoleRequest, GetRoleResponse } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { describeRole, requireRole, roleResource } from '../role.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html */
export const getRole = operation<GetRoleRequest, GetRoleResponse, 'store'>({
  resource: roleResource,
  run: ({ RoleName }, call) => ({ Role: describeRole(requireRole(RoleName, call)) }),
});

import type { GetRolePolicyRequest, GetRolePolicyResponse } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { requireInline } from '../permissions.ts';
import { encodeDocument } from '../policy-document.ts';
import { requireRole, roleResource } from '../role.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html */
export const getRolePolicy = operation<GetRolePolicyRequest, GetRolePolicyResponse, 'store'>({
  resource: roleResource,
  run({ RoleName, PolicyName }, call) {
    const document = requireInline(requireRole(RoleName, call), 'role', PolicyName);
    return { RoleName, PolicyName, PolicyDocument: encodeDocument(document) };
  },
});

import type { UpdateAssumeRolePolicyRequest } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { requireRole, roleResource, saveRole } from '../role.ts';
import { requireTrustPolicy } from '../trust-principals.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html */
export const updateAssumeRolePolicy = operation<UpdateAssumeRolePolicyRequest, object, 'store'>({
  resource: roleResource,
  async run({ RoleName, PolicyDocument }, call) {
    const role = requireRole(RoleName, call);
    await saveRole({ ...role, AssumeRolePolicyDocument: requireTrustPolicy(PolicyDocument, call) }, call);
    return {};
  },
});

import type { ListAttachedRolePoliciesRequest, ListAttachedRolePoliciesResponse } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { attachedPolicies } from '../attached-policies.ts';
import { requireRole, roleResource } from '../role.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html */
export const listAttachedRolePolicies = operation<
  ListAttachedRolePoliciesRequest,
  ListAttachedRolePoliciesResponse,
  'store'
>({
  resource: roleResource,
  run: (input, call) => attachedPolicies(requireRole(input.RoleName, call).attached, input),
});

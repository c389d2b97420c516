import type { ListAttachedUserPoliciesRequest, ListAttachedUserPoliciesResponse } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { attachedPolicies } from '../attached-policies.ts';
import { requireUser, userResource } from '../user.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedUserPolicies.html */
export const listAttachedUserPolicies = operation<
  ListAttachedUserPoliciesRequest,
  ListAttachedUserPoliciesResponse,
  'store'
>({
  resource: userResource,
  run: (input, call) => attachedPolicies(requireUser(input.UserName, call).attached, input),
});

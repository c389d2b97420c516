import type { ListAttachedRolePoliciesRequest, ListAttachedRolePoliciesResponse } from '@aws-sdk/client-iam';
import { operation } from '../../../operation.ts';
import { pageOf } from '../page.ts';
import { requireRole, roleResource } from '../role.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html */
export const listAttachedRolePolicies = operation<
  ListAttachedRolePoliciesRequest,
  ListAttachedRolePoliciesResponse,
  'store'
>({
  resource: roleResource,
  run(input, call) {
    const { items, more } = pageOf(requireRole(input.RoleName, call).attached, input);
    const AttachedPolicies = items.map((arn) => ({ PolicyName: arn.split('/').at(-1), PolicyArn: arn }));
    return { AttachedPolicies, ...more };
  },
});

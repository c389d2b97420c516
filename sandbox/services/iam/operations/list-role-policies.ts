import type { ListRolePoliciesRequest, ListRolePoliciesResponse } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { pageOf } from '../page.ts';
import { requireRole, roleResource } from '../role.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html */
export const listRolePolicies = operation<ListRolePoliciesRequest, ListRolePoliciesResponse, 'store'>({
  resource: roleResource,
  run(input, call) {
    const names = Object.keys(requireRole(input.RoleName, call).inline).sort();
    const { items, more } = pageOf(names, input);
    return { PolicyNames: items, ...more };
  },
});

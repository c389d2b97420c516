import type { ListUserPoliciesRequest, ListUserPoliciesResponse } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { pageOf } from '../page.ts';
import { requireUser, userResource } from '../user.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserPolicies.html */
export const listUserPolicies = operation<ListUserPoliciesRequest, ListUserPoliciesResponse, 'store'>({
  resource: userResource,
  run(input, call) {
    const names = Object.keys(requireUser(input.UserName, call).inline).sort();
    const { items, more } = pageOf(names, input);
    return { PolicyNames: items, ...more };
  },
});

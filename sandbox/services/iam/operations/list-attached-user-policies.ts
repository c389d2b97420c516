import type { ListAttachedUserPoliciesRequest, ListAttachedUserPoliciesResponse } from '@aws-sdk/client-iam';
import { operation } from '../../../operation.ts';
import { pageOf } from '../page.ts';
import { requireUser, userResource } from '../user.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedUserPolicies.html */
export const listAttachedUserPolicies = operation<
  ListAttachedUserPoliciesRequest,
  ListAttachedUserPoliciesResponse,
  'store'
>({
  resource: userResource,
  run(input, call) {
    const { items, more } = pageOf(requireUser(input.UserName, call).attached, input);
    const AttachedPolicies = items.map((arn) => ({ PolicyName: arn.split('/').at(-1), PolicyArn: arn }));
    return { AttachedPolicies, ...more };
  },
});

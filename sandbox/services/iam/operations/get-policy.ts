import type { GetPolicyRequest, GetPolicyResponse } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { describePolicy, requirePolicy } from '../policy.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html */
export const getPolicy = operation<GetPolicyRequest, GetPolicyResponse, 'store'>({
  resource: ({ PolicyArn }) => PolicyArn ?? '*',
  run: ({ PolicyArn }, call) => ({ Policy: describePolicy(requirePolicy(PolicyArn, call), call) }),
});

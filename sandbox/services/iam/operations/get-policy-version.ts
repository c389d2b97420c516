import type { GetPolicyVersionRequest, GetPolicyVersionResponse } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { describeVersion, requirePolicy, requireVersion } from '../policy.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html */
export const getPolicyVersion = operation<GetPolicyVersionRequest, GetPolicyVersionResponse, 'store'>({
  resource: ({ PolicyArn }) => PolicyArn ?? '*',
  run({ PolicyArn, VersionId }, call) {
    const policy = requirePolicy(PolicyArn, call);
    return { PolicyVersion: describeVersion(policy, requireVersion(policy, VersionId)) };
  },
});

import type { SetDefaultPolicyVersionRequest } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { requireOwnPolicy, requireVersion, savePolicy } from '../policy.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html */
export const setDefaultPolicyVersion = operation<SetDefaultPolicyVersionRequest, object, 'store' | 'clock'>({
  resource: ({ PolicyArn }) => PolicyArn ?? '*',
  async run({ PolicyArn, VersionId }, call) {
    const policy = requireOwnPolicy(PolicyArn, call);
    await savePolicy({ ...policy, DefaultVersionId: requireVersion(policy, VersionId).VersionId }, call);
    return {};
  },
});

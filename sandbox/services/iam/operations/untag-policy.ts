import type { UntagPolicyRequest } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { requireOwnPolicy, savePolicy } from '../policy.ts';
import { withoutTags } from '../tags.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagPolicy.html */
export const untagPolicy = operation<UntagPolicyRequest, object, 'store' | 'clock'>({
  resource: ({ PolicyArn }) => PolicyArn ?? '*',
  async run({ PolicyArn, TagKeys }, call) {
    const policy = requireOwnPolicy(PolicyArn, call);
    await savePolicy({ ...policy, Tags: withoutTags(policy.Tags, TagKeys) }, call);
    return {};
  },
});

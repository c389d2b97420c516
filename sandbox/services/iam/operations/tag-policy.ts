import type { TagPolicyRequest } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { requireOwnPolicy, savePolicy } from '../policy.ts';
import { withTags } from '../tags.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagPolicy.html */
export const tagPolicy = operation<TagPolicyRequest, object, 'store' | 'clock'>({
  resource: ({ PolicyArn }) => PolicyArn ?? '*',
  async run({ PolicyArn, Tags }, call) {
    const policy = requireOwnPolicy(PolicyArn, call);
    await savePolicy({ ...policy, Tags: withTags(policy.Tags, Tags) }, call);
    return {};
  },
});

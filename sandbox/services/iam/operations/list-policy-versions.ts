import type { ListPolicyVersionsRequest, ListPolicyVersionsResponse } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { pageOf } from '../page.ts';
import { describeVersion, requirePolicy } from '../policy.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyVersions.html */
export const listPolicyVersions = operation<ListPolicyVersionsRequest, ListPolicyVersionsResponse, 'store'>({
  resource: ({ PolicyArn }) => PolicyArn ?? '*',
  run(input, call) {
    const policy = requirePolicy(input.PolicyArn, call);
    const { items, more } = pageOf([...policy.versions].reverse(), input);
    return { Versions: items.map((version) => describeVersion(policy, version, 'listed')), ...more };
  },
});

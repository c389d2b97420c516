import type { ListPolicyTagsRequest, ListPolicyTagsResponse } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { pageOf } from '../page.ts';
import { requirePolicy } from '../policy.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyTags.html */
export const listPolicyTags = operation<ListPolicyTagsRequest, ListPolicyTagsResponse, 'store'>({
  resource: ({ PolicyArn }) => PolicyArn ?? '*',
  run(input, call) {
    const { items, more } = pageOf(requirePolicy(input.PolicyArn, call).Tags, input);
    return { Tags: items.map((tag) => ({ ...tag })), ...more };
  },
});

import type { ListUserTagsRequest, ListUserTagsResponse } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { pageOf } from '../page.ts';
import { requireUser, userResource } from '../user.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserTags.html */
export const listUserTags = operation<ListUserTagsRequest, ListUserTagsResponse, 'store'>({
  resource: userResource,
  run(input, call) {
    const { items, more } = pageOf(requireUser(input.UserName, call).Tags, input);
    return { Tags: items.map((tag) => ({ ...tag })), ...more };
  },
});

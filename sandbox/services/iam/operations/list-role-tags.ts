import type { ListRoleTagsRequest, ListRoleTagsResponse } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { pageOf } from '../page.ts';
import { requireRole, roleResource } from '../role.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoleTags.html */
export const listRoleTags = operation<ListRoleTagsRequest, ListRoleTagsResponse, 'store'>({
  resource: roleResource,
  run(input, call) {
    const { items, more } = pageOf(requireRole(input.RoleName, call).Tags, input);
    return { Tags: items.map((tag) => ({ ...tag })), ...more };
  },
});

import type { ListGroupsRequest, ListGroupsResponse } from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { describeGroup, groupsOf } from '../group.ts';
import { page } from '../page.ts';
import { findPool, poolArn } from '../pool.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListGroups.html */
export const listGroups = operation<ListGroupsRequest, ListGroupsResponse, 'store'>({
  resource: ({ UserPoolId }, call) => poolArn(UserPoolId, call),
  run({ UserPoolId, Limit, NextToken: from }, call) {
    const { id } = findPool(UserPoolId, call);
    const { items, ...next } = page(groupsOf(id, call), { NextToken: from, limit: Limit }, 'limit');
    return { Groups: items.map(describeGroup), ...next };
  },
});

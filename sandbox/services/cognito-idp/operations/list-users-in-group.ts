import type { ListUsersInGroupRequest, ListUsersInGroupResponse } from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { findGroup } from '../group.ts';
import { page } from '../page.ts';
import { findPool, poolArn } from '../pool.ts';
import { describeUser, usersOf } from '../users/user.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsersInGroup.html */
export const listUsersInGroup = operation<ListUsersInGroupRequest, ListUsersInGroupResponse, 'store'>({
  resource: ({ UserPoolId }, call) => poolArn(UserPoolId, call),
  run({ UserPoolId, GroupName, Limit, NextToken: from }, call) {
    const pool = findPool(UserPoolId, call);
    const { name } = findGroup(pool.id, GroupName, call);
    const members = usersOf(pool, call).filter(({ groups }) => groups.includes(name));
    const { items, ...next } = page(members, { NextToken: from, limit: Limit }, 'limit');
    return { Users: items.map(describeUser), ...next };
  },
});

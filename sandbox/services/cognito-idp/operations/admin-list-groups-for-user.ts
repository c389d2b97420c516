import type {
  AdminListGroupsForUserRequest,
  AdminListGroupsForUserResponse,
} from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { describeGroup, findGroup } from '../group.ts';
import { page } from '../page.ts';
import { findPool, poolArn } from '../pool.ts';
import { requireUser } from '../users/user.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminListGroupsForUser.html */
export const adminListGroupsForUser = operation<AdminListGroupsForUserRequest, AdminListGroupsForUserResponse, 'store'>(
  {
    resource: ({ UserPoolId }, call) => poolArn(UserPoolId, call),
    run({ UserPoolId, Username, Limit, NextToken: from }, call) {
      const pool = findPool(UserPoolId, call);
      const { groups } = requireUser(Username, pool, call);
      const { items, ...next } = page(groups, { NextToken: from, limit: Limit }, 'limit');
      return { Groups: items.map((name) => describeGroup(findGroup(pool.id, name, call))), ...next };
    },
  },
);

import type { ListUsersRequest, ListUsersResponse } from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { invalidParameter } from '../errors.ts';
import { page } from '../page.ts';
import { findPool, poolArn } from '../pool.ts';
import { filterOf } from '../users/filter.ts';
import { describeUser, usersOf } from '../users/user.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html */
export const listUsers = operation<ListUsersRequest, ListUsersResponse, 'store'>({
  resource: ({ UserPoolId }, call) => poolArn(UserPoolId, call),
  run({ UserPoolId, Filter, Limit, PaginationToken: from, AttributesToGet }, call) {
    const pool = findPool(UserPoolId, call);
    const known = pool.settings.SchemaAttributes ?? [];
    if (AttributesToGet?.some((wanted) => known.every(({ Name }) => Name !== wanted))) {
      throw invalidParameter('One or more requested attributes do not exist in user pool.');
    }
    const found = usersOf(pool, call).filter(filterOf(Filter));
    const { items, NextToken } = page(found, { NextToken: from, limit: Limit }, 'limit');
    return {
      Users: items.map((user) => {
        const { Attributes = [], ...described } = describeUser(user);
        return {
          ...described,
          Attributes: Attributes.filter(({ Name = '' }) => AttributesToGet?.includes(Name) ?? true),
        };
      }),
      ...(NextToken === undefined ? {} : { PaginationToken: NextToken }),
    };
  },
});

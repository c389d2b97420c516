import type { ListUserPoolsRequest, ListUserPoolsResponse } from '@aws-sdk/client-cognito-identity-provider';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { constraint } from '../errors.ts';
import { page } from '../page.ts';
import { userPools } from '../records.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPools.html */
export const listUserPools = operation<ListUserPoolsRequest, ListUserPoolsResponse, 'store'>({
  resource: () => '*',
  run({ MaxResults, NextToken: from }, call) {
    if (MaxResults === undefined) throw constraint('maxResults', undefined, 'Member must not be null');
    const pools = userPools.list(call.store, regional(call));
    const { items, ...next } = page(pools, { NextToken: from, limit: MaxResults });
    return {
      UserPools: items.map(({ id, settings, created, modified }) => ({
        Id: id,
        Name: settings.Name,
        LambdaConfig: settings.LambdaConfig,
        CreationDate: new Date(created),
        LastModifiedDate: new Date(modified),
      })),
      ...next,
    };
  },
});

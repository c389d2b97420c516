import type {
  ListUserPoolClientsRequest,
  ListUserPoolClientsResponse,
} from '@aws-sdk/client-cognito-identity-provider';
import { regional } from '../../../context.ts';
import { operation } from '../../../operation.ts';
import { page } from '../page.ts';
import { findPool, poolArn } from '../pool.ts';
import { userPoolClients } from '../records.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPoolClients.html */
export const listUserPoolClients = operation<ListUserPoolClientsRequest, ListUserPoolClientsResponse, 'store'>({
  resource: ({ UserPoolId }, call) => poolArn(UserPoolId, call),
  run({ UserPoolId, MaxResults, NextToken: from }, call) {
    const pool = findPool(UserPoolId, call);
    const clients = userPoolClients.list(call.store, regional(call)).filter(({ poolId }) => poolId === pool.id);
    const { items, ...next } = page(clients, { NextToken: from, limit: MaxResults });
    return {
      UserPoolClients: items.map(({ id, poolId, settings }) => ({
        ClientId: id,
        UserPoolId: poolId,
        ClientName: settings.ClientName,
      })),
      ...next,
    };
  },
});

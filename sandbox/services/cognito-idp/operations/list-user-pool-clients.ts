import type {
  ListUserPoolClientsRequest,
  ListUserPoolClientsResponse,
} from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { page } from '../page.ts';
import { clientsOf, findPool, poolArn } from '../pool.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPoolClients.html */
export const listUserPoolClients = operation<ListUserPoolClientsRequest, ListUserPoolClientsResponse, 'store'>({
  resource: ({ UserPoolId }, call) => poolArn(UserPoolId, call),
  run({ UserPoolId, MaxResults, NextToken: from }, call) {
    const { items, ...next } = page(clientsOf(findPool(UserPoolId, call).id, call), {
      NextToken: from,
      limit: MaxResults,
    });
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

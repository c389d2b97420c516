import type { DeleteUserPoolClientRequest } from '@aws-sdk/client-cognito-identity-provider';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { findClient, findPool, poolArn } from '../pool.ts';
import { userPoolClients } from '../records.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserPoolClient.html */
export const deleteUserPoolClient = operation<DeleteUserPoolClientRequest, object, 'store'>({
  resource: ({ UserPoolId }, call) => poolArn(UserPoolId, call),
  async run({ UserPoolId, ClientId }, call) {
    const { id } = findClient(ClientId, call, findPool(UserPoolId, call).id);
    await call.store.commit([userPoolClients.remove(regional(call), id)]);
    return {};
  },
});

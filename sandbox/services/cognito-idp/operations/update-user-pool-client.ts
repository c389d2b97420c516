import type {
  UpdateUserPoolClientRequest,
  UpdateUserPoolClientResponse,
} from '@aws-sdk/client-cognito-identity-provider';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { clientSettings } from '../client-settings.ts';
import { updateClientShape } from '../client-shape.ts';
import { describeClient } from '../describe-client.ts';
import { findClient, findPool, poolArn } from '../pool.ts';
import { type UserPoolClientRecord, userPoolClients } from '../records.ts';

/**
 * Omitted members, except the name, are reset to their defaults
 * (https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolClient.html).
 */
export const updateUserPoolClient = operation<
  UpdateUserPoolClientRequest,
  UpdateUserPoolClientResponse,
  'store' | 'clock'
>({
  resource: ({ UserPoolId }, call) => poolArn(UserPoolId, call),
  async run(input, call) {
    updateClientShape('', input);
    const { UserPoolId, ClientId, ClientName, ...given } = input;
    const pool = findPool(UserPoolId, call);
    const former = findClient(ClientId, call, pool.id);
    const client: UserPoolClientRecord = {
      ...former,
      settings: clientSettings(ClientName ?? former.settings.ClientName ?? '', given, pool),
      modified: call.clock.now().toISOString(),
    };
    await call.store.commit([userPoolClients.put(regional(call), client.id, client)]);
    return { UserPoolClient: describeClient(client) };
  },
});

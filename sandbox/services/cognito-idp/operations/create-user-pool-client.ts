import type {
  CreateUserPoolClientRequest,
  CreateUserPoolClientResponse,
} from '@aws-sdk/client-cognito-identity-provider';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { clientSettings } from '../client-settings.ts';
import { createClientShape } from '../client-shape.ts';
import { describeClient } from '../describe-client.ts';
import { findPool, poolArn } from '../pool.ts';
import { type UserPoolClientRecord, userPoolClients } from '../records.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html */
export const createUserPoolClient = operation<
  CreateUserPoolClientRequest,
  CreateUserPoolClientResponse,
  'store' | 'clock' | 'ids'
>({
  resource: ({ UserPoolId }, call) => poolArn(UserPoolId, call),
  async run(input, call) {
    createClientShape('', input);
    const { UserPoolId, ClientName = '', GenerateSecret = false, ...given } = input;
    const pool = findPool(UserPoolId, call);
    const now = call.clock.now().toISOString();
    const client: UserPoolClientRecord = {
      poolId: pool.id,
      id: call.assignedId ?? call.ids.short(26),
      ...(GenerateSecret ? { secret: call.ids.short(51) } : {}),
      settings: clientSettings(ClientName, given, pool),
      created: now,
      modified: now,
    };
    await call.store.commit([userPoolClients.put(regional(call), client.id, client)]);
    return { UserPoolClient: describeClient(client) };
  },
});

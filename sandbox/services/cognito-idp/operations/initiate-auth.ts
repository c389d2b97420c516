import type { InitiateAuthRequest, InitiateAuthResponse } from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { findClient, findPool } from '../pool.ts';
import { initiate } from '../sign-in/flows.ts';
import { byClient } from '../unsigned.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html */
export const initiateAuth = operation<InitiateAuthRequest, InitiateAuthResponse, 'store' | 'clock' | 'ids'>({
  resource: () => '*',
  unsigned: byClient,
  run({ AuthFlow, AuthParameters = {}, ClientId }, call) {
    const client = findClient(ClientId, call);
    const pool = findPool(client.poolId, call);
    return initiate(AuthFlow, 'user', { pool, client, parameters: AuthParameters }, call);
  },
});

import type { AdminInitiateAuthRequest, AdminInitiateAuthResponse } from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { findClient, findPool, poolArn } from '../pool.ts';
import { initiate } from '../sign-in/flows.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminInitiateAuth.html */
export const adminInitiateAuth = operation<
  AdminInitiateAuthRequest,
  AdminInitiateAuthResponse,
  'store' | 'clock' | 'ids'
>({
  resource: ({ UserPoolId }, call) => poolArn(UserPoolId, call),
  run({ UserPoolId, AuthFlow, AuthParameters = {}, ClientId }, call) {
    const pool = findPool(UserPoolId, call);
    const client = findClient(ClientId, call, pool.id);
    return initiate(AuthFlow, 'administrator', { pool, client, parameters: AuthParameters }, call);
  },
});

import type {
  AdminRespondToAuthChallengeRequest,
  AdminRespondToAuthChallengeResponse,
} from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { findClient, findPool, poolArn } from '../pool.ts';
import { respond } from '../sign-in/flows.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminRespondToAuthChallenge.html */
export const adminRespondToAuthChallenge = operation<
  AdminRespondToAuthChallengeRequest,
  AdminRespondToAuthChallengeResponse,
  'store' | 'clock' | 'ids'
>({
  resource: ({ UserPoolId }, call) => poolArn(UserPoolId, call),
  run({ UserPoolId, ChallengeName, ChallengeResponses = {}, ClientId, Session }, call) {
    const pool = findPool(UserPoolId, call);
    const client = findClient(ClientId, call, pool.id);
    return respond(ChallengeName, { pool, client, parameters: ChallengeResponses, session: Session }, call);
  },
});

import type {
  RespondToAuthChallengeRequest,
  RespondToAuthChallengeResponse,
} from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { findClient, findPool } from '../pool.ts';
import { respond } from '../sign-in/flows.ts';
import { byClient } from '../unsigned.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RespondToAuthChallenge.html */
export const respondToAuthChallenge = operation<
  RespondToAuthChallengeRequest,
  RespondToAuthChallengeResponse,
  'store' | 'clock' | 'ids'
>({
  resource: () => '*',
  unsigned: byClient,
  run({ ChallengeName, ChallengeResponses = {}, ClientId, Session }, call) {
    const client = findClient(ClientId, call);
    const pool = findPool(client.poolId, call);
    return respond(ChallengeName, { pool, client, parameters: ChallengeResponses, session: Session }, call);
  },
});

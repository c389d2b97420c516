import type { ForgotPasswordRequest, ForgotPasswordResponse } from '@aws-sdk/client-cognito-identity-provider';
import { AwsError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import type { UserPoolRecord, UserRecord } from '../records.ts';
import { requireMembers } from '../required.ts';
import { byClient } from '../unsigned.ts';
import { hidesAbsence, notAuthorized, userNotFound } from '../user-errors.ts';
import { feignedDelivery } from '../users/code.ts';
import { throughClient } from '../users/through-client.ts';
import { findUser } from '../users/user.ts';
import { type Address, addressToRecover, send } from '../users/verification.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ForgotPassword.html */
export const forgotPassword = operation<
  ForgotPasswordRequest,
  ForgotPasswordResponse,
  'store' | 'clock' | 'ids' | 'say'
>({
  resource: () => '*',
  unsigned: byClient,
  async run(input, call) {
    requireMembers(input, 'Username');
    const { client, pool, username } = throughClient(input, call);
    const user = findUser(username, pool, call);
    if (user === undefined && !hidesAbsence(client)) {
      throw userNotFound('Username/client id combination not found.');
    }
    const address = user && reachable(user, pool, hidesAbsence(client));
    if (user === undefined || address === undefined) return { CodeDeliveryDetails: feignedDelivery(username) };
    return { CodeDeliveryDetails: await send(user, { purpose: 'ForgotPassword', ...address }, pool, call) };
  },
});

/** The user's address; a client that hides whether users exist also hides that one can't be reached. */
function reachable(user: UserRecord, pool: UserPoolRecord, hides: boolean): Address | undefined {
  try {
    if (!user.enabled) throw notAuthorized('User is disabled.');
    const address = addressToRecover(user, pool);
    if (user.status === 'FORCE_CHANGE_PASSWORD') {
      throw notAuthorized('User password cannot be reset in the current state.');
    }
    return address;
  } catch (error) {
    const tells = user.enabled && user.status === 'FORCE_CHANGE_PASSWORD';
    if (error instanceof AwsError && hides && !tells) return undefined;
    throw error;
  }
}

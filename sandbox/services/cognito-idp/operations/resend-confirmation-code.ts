import type {
  ResendConfirmationCodeRequest,
  ResendConfirmationCodeResponse,
} from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { invalidParameter } from '../errors.ts';
import { requireMembers } from '../required.ts';
import { byClient } from '../unsigned.ts';
import { hidesAbsence, notAuthorized, userNotFound } from '../user-errors.ts';
import { feignedDelivery } from '../users/code.ts';
import { throughClient } from '../users/through-client.ts';
import { findUser } from '../users/user.ts';
import { addressToVerify, send } from '../users/verification.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ResendConfirmationCode.html */
export const resendConfirmationCode = operation<
  ResendConfirmationCodeRequest,
  ResendConfirmationCodeResponse,
  'store' | 'clock' | 'ids' | 'say'
>({
  resource: () => '*',
  unsigned: byClient,
  async run(input, call) {
    requireMembers(input, 'Username');
    const { client, pool, username } = throughClient(input, call);
    const user = findUser(username, pool, call);
    if (hidesAbsence(client) && !user?.enabled) return { CodeDeliveryDetails: feignedDelivery(username) };
    if (user === undefined) throw userNotFound('Username/client id combination not found.');
    if (!user.enabled) throw notAuthorized('User is disabled.');
    if (user.status !== 'UNCONFIRMED') throw invalidParameter('User is already confirmed.');
    const address = addressToVerify(user, pool);
    if (address === undefined) throw invalidParameter('Cannot resend codes. Auto verification not turned on.');
    return { CodeDeliveryDetails: await send(user, { purpose: 'SignUp', ...address }, pool, call) };
  },
});

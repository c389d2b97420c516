import type {
  ConfirmForgotPasswordRequest,
  ConfirmForgotPasswordResponse,
} from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { requireMembers } from '../required.ts';
import { signedOut } from '../tokens/sign-out.ts';
import { byClient } from '../unsigned.ts';
import { hidesAbsence, notAuthorized, userNotFound } from '../user-errors.ts';
import { codeMismatch, codeShape, codesWithout, judgeCode, refuseCode } from '../users/code.ts';
import { permanentPassword } from '../users/password.ts';
import { requirePassword } from '../users/password-policy.ts';
import { throughClient } from '../users/through-client.ts';
import { changed, findUser, putUser } from '../users/user.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmForgotPassword.html */
export const confirmForgotPassword = operation<
  ConfirmForgotPasswordRequest,
  ConfirmForgotPasswordResponse,
  'store' | 'clock' | 'ids'
>({
  resource: () => '*',
  unsigned: byClient,
  async run(input, call) {
    requireMembers(input, 'Username', 'ConfirmationCode');
    codeShape('confirmationCode', input.ConfirmationCode);
    const { ConfirmationCode, Password } = input;
    const { client, pool, username } = throughClient(input, call);
    const password = requirePassword(Password, pool);
    const user = findUser(username, pool, call);
    if (hidesAbsence(client) && !user?.enabled) throw codeMismatch();
    if (user === undefined) throw userNotFound('Username/client id combination not found.');
    if (!user.enabled) throw notAuthorized('User is disabled.');
    const judged = judgeCode(user, { purpose: 'ForgotPassword', given: ConfirmationCode }, call);
    if ('refused' in judged) return refuseCode(judged, user, pool, call);
    const { attribute, destination } = judged.taken;
    const reached = user.attributes[attribute] === destination;
    const renewed = changed(
      user,
      {
        ...permanentPassword(password, user, call),
        status: 'CONFIRMED',
        codes: codesWithout(user, judged.taken),
        attributes: { ...user.attributes, ...(reached ? { [`${attribute}_verified`]: 'true' } : {}) },
        ...signedOut(call),
      },
      call,
    );
    await call.store.commit([putUser(renewed, pool, call)]);
    return {};
  },
});

import type { ConfirmSignUpRequest, ConfirmSignUpResponse } from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import { requireMembers } from '../required.ts';
import { byClient } from '../unsigned.ts';
import { hidesAbsence, notAuthorized, userNotFound } from '../user-errors.ts';
import { codeShape, codesWithout, expiredCode, judgeCode, refuseCode } from '../users/code.ts';
import { throughClient } from '../users/through-client.ts';
import { changed, findUser, putUser } from '../users/user.ts';
import { deposedBy } from '../users/verification.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmSignUp.html */
export const confirmSignUp = operation<ConfirmSignUpRequest, ConfirmSignUpResponse, 'store' | 'clock'>({
  resource: () => '*',
  unsigned: byClient,
  async run(input, call) {
    requireMembers(input, 'Username', 'ConfirmationCode');
    codeShape('confirmationCode', input.ConfirmationCode);
    const { ConfirmationCode, ForceAliasCreation } = input;
    const { client, pool, username } = throughClient(input, call);
    const user = findUser(username, pool, call);
    if (user === undefined) {
      throw hidesAbsence(client) ? expiredCode() : userNotFound('Username/client id combination not found.');
    }
    if (!user.enabled) throw notAuthorized('User is disabled.');
    if (user.status !== 'UNCONFIRMED') {
      throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
    }
    const judged = judgeCode(user, { purpose: 'SignUp', given: ConfirmationCode }, call);
    if ('refused' in judged) return refuseCode(judged, user, pool, call);
    const { attribute, destination } = judged.taken;
    // The address may have changed since the code was sent: then the code doesn't verify it.
    const reached = user.attributes[attribute] === destination;
    const claimed = reached ? [judged.taken] : [];
    const deposed = deposedBy(user, claimed, { pool, force: ForceAliasCreation }, call);
    const confirmed = changed(
      user,
      {
        status: 'CONFIRMED',
        codes: codesWithout(user, judged.taken),
        attributes: { ...user.attributes, ...(reached ? { [`${attribute}_verified`]: 'true' } : {}) },
      },
      call,
    );
    await call.store.commit([confirmed, ...deposed].map((one) => putUser(one, pool, call)));
    return {};
  },
});

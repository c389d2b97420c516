import type { ConfirmSignUpRequest, ConfirmSignUpResponse } from '@aws-sdk/client-cognito-identity-provider';
import { AwsError } from '../../../errors.ts';
import { operation } from '../../../operation.ts';
import { findClient, findPool } from '../pool.ts';
import type { UserPoolRecord, UserRecord } from '../records.ts';
import { requireMembers } from '../required.ts';
import { requireSecretHash } from '../secret-hash.ts';
import { byClient } from '../unsigned.ts';
import { hidesAbsence, notAuthorized, userNotFound } from '../user-errors.ts';
import { refuse, type UserCall } from '../users/call.ts';
import { codesWithout, expiredCode, judgeCode } from '../users/code.ts';
import { changed, findUser, ownerOfAlias, putUser } from '../users/user.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmSignUp.html */
export const confirmSignUp = operation<ConfirmSignUpRequest, ConfirmSignUpResponse, 'store' | 'clock' | 'ids' | 'say'>({
  resource: () => '*',
  unsigned: byClient,
  async run(input, call) {
    requireMembers(input, 'Username', 'ConfirmationCode');
    const { ClientId, SecretHash, Username = '', ConfirmationCode, ForceAliasCreation } = input;
    const client = findClient(ClientId, call);
    const pool = findPool(client.poolId, call);
    requireSecretHash(client, SecretHash, Username);
    const user = findUser(Username, pool, call);
    if (user === undefined) {
      throw hidesAbsence(client) ? expiredCode() : userNotFound('Username/client id combination not found.');
    }
    if (!user.enabled) throw notAuthorized('User is disabled.');
    if (user.status !== 'UNCONFIRMED') {
      throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
    }
    const judged = judgeCode(user, { purpose: 'SignUp', given: ConfirmationCode }, call);
    if ('refused' in judged) {
      return refuse(judged.refused, judged.codes && { ...user, codes: judged.codes }, pool, call);
    }
    const { attribute, destination } = judged.taken;
    // The address may have changed since the code was sent: then it is not the one that was reached.
    const reached = user.attributes[attribute] === destination;
    const former = reached ? formerOwner(user, { attribute, destination }, pool, call) : undefined;
    if (former !== undefined && !ForceAliasCreation) {
      throw new AwsError('AliasExistsException', `An account with the ${attribute} already exists.`);
    }
    const confirmed = changed(
      user,
      {
        status: 'CONFIRMED',
        codes: codesWithout(user, judged.taken),
        attributes: { ...user.attributes, ...(reached ? { [`${attribute}_verified`]: 'true' } : {}) },
      },
      call,
    );
    const deposed =
      former && changed(former, { attributes: { ...former.attributes, [`${attribute}_verified`]: 'false' } }, call);
    await call.store.commit([
      putUser(confirmed, pool, call),
      ...(deposed === undefined ? [] : [putUser(deposed, pool, call)]),
    ]);
    return {};
  },
});

function formerOwner(
  user: UserRecord,
  { attribute, destination }: { readonly attribute: string; readonly destination: string },
  pool: UserPoolRecord,
  call: UserCall,
): UserRecord | undefined {
  return ownerOfAlias(attribute, destination, { pool, but: user }, call);
}

import type { SignUpRequest, SignUpResponse } from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../operation.ts';
import { findClient, findPool } from '../pool.ts';
import type { UserRecord } from '../records.ts';
import { requireMembers } from '../required.ts';
import { requireSecretHash } from '../secret-hash.ts';
import { byClient } from '../unsigned.ts';
import { notAuthorized } from '../user-errors.ts';
import { readAttributes, requireComplete } from '../users/attributes.ts';
import { newUser } from '../users/new-user.ts';
import { permanentPassword } from '../users/password.ts';
import { requirePassword } from '../users/password-policy.ts';
import { putUser } from '../users/user.ts';
import { addressToVerify, send } from '../users/verification.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html */
export const signUp = operation<SignUpRequest, SignUpResponse, 'store' | 'clock' | 'ids' | 'say'>({
  resource: () => '*',
  unsigned: byClient,
  async run(input, call) {
    requireMembers(input, 'Username', 'Password');
    const { ClientId, SecretHash, Username = '', Password, UserAttributes } = input;
    const client = findClient(ClientId, call);
    const pool = findPool(client.poolId, call);
    requireSecretHash(client, SecretHash, Username);
    if (pool.settings.AdminCreateUserConfig?.AllowAdminCreateUserOnly) {
      throw notAuthorized('SignUp is not permitted for this user pool');
    }
    const password = requirePassword(Password, pool);
    const attributes = readAttributes(UserAttributes, pool, { client });
    const named = newUser({ username: Username, attributes, taken: 'User already exists' }, pool, call);
    requireComplete(named.attributes, pool);
    const unverified = Object.fromEntries(
      (['email', 'phone_number'] as const)
        .filter((address) => named.attributes[address] !== undefined)
        .map((address) => [`${address}_verified`, 'false']),
    );
    const user: UserRecord = {
      ...named,
      ...permanentPassword(password, named, call),
      attributes: { ...named.attributes, ...unverified },
      status: 'UNCONFIRMED',
      enabled: true,
    };
    const address = addressToVerify(user, pool);
    const signedUp = { UserConfirmed: false, UserSub: user.attributes.sub };
    if (address !== undefined) {
      return { ...signedUp, CodeDeliveryDetails: await send(user, { purpose: 'SignUp', ...address }, pool, call) };
    }
    await call.store.commit([putUser(user, pool, call)]);
    return signedUp;
  },
});

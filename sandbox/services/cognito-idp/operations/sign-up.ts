import type { SignUpRequest, SignUpResponse } from '@aws-sdk/client-cognito-identity-provider';
import { operation } from '../../../calls/operation.ts';
import type { UserRecord } from '../records.ts';
import { requireMembers } from '../required.ts';
import { byClient } from '../unsigned.ts';
import { notAuthorized } from '../user-errors.ts';
import { readAttributes, requireComplete, withAttributes } from '../users/attributes.ts';
import { newUser } from '../users/new-user.ts';
import { permanentPassword } from '../users/password.ts';
import { requirePassword } from '../users/password-policy.ts';
import { throughClient } from '../users/through-client.ts';
import { putUser } from '../users/user.ts';
import { addressToVerify, send } from '../users/verification.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html */
export const signUp = operation<SignUpRequest, SignUpResponse, 'store' | 'clock' | 'ids' | 'say'>({
  resource: () => '*',
  unsigned: byClient,
  async run(input, call) {
    requireMembers(input, 'Username', 'Password');
    const { Password, UserAttributes } = input;
    const { client, pool, username } = throughClient(input, call);
    if (pool.settings.AdminCreateUserConfig?.AllowAdminCreateUserOnly) {
      throw notAuthorized('SignUp is not permitted for this user pool');
    }
    const password = requirePassword(Password, pool);
    const attributes = readAttributes(UserAttributes, pool, { client });
    const named = newUser({ username, attributes, taken: 'User already exists' }, pool, call);
    requireComplete(named.attributes, pool);
    const user: UserRecord = {
      ...named,
      ...permanentPassword(password, named, call),
      attributes: withAttributes({}, named.attributes),
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

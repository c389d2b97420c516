import type { SignUpRequest, SignUpResponse } from '@aws-sdk/client-cognito-identity-provider';
import { AwsError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import type { UserRecord } from '../records.ts';
import { requireMembers } from '../required.ts';
import { type Admission, preSignUp } from '../triggers/pre-sign-up.ts';
import { byClient } from '../unsigned.ts';
import { notAuthorized } from '../user-errors.ts';
import { readAttributes, requireComplete, withAttributes } from '../users/attributes.ts';
import { newUser, requireFree } from '../users/new-user.ts';
import { permanentPassword } from '../users/password.ts';
import { requirePassword } from '../users/password-policy.ts';
import { throughClient } from '../users/through-client.ts';
import { putUser } from '../users/user.ts';
import { addressToVerify, deposedBy, send } from '../users/verification.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html */
export const signUp = operation<
  SignUpRequest,
  SignUpResponse,
  'store' | 'clock' | 'ids' | 'say' | 'functions' | 'callerPolicies' | 'weather'
>({
  resource: () => '*',
  unsigned: byClient,
  async run(input, call) {
    requireMembers(input, 'Username', 'Password');
    const { Password, UserAttributes, ValidationData, ClientMetadata } = input;
    const asked = throughClient(input, call);
    const { client, username } = asked;
    if (asked.pool.settings.AdminCreateUserConfig?.AllowAdminCreateUserOnly) {
      throw notAuthorized('SignUp is not permitted for this user pool');
    }
    const password = requirePassword(Password, asked.pool);
    const given = readAttributes(UserAttributes, asked.pool, { client });
    const named = newUser({ username, attributes: given }, asked.pool, call);
    requireComplete(named.attributes, asked.pool);
    const { sub, ...attributes } = named.attributes;
    const admission = await preSignUp(
      {
        source: 'SignUp',
        username: named.username,
        attributes,
        clientId: client.id,
        validationData: ValidationData,
        clientMetadata: ClientMetadata,
      },
      asked.pool,
      call,
    );
    // While the trigger worked, the pool may have been deleted, and the name taken.
    const { pool } = throughClient(input, call);
    requireFree(username, 'User already exists', pool, call);
    const user: UserRecord = {
      ...named,
      ...permanentPassword(password, named, call),
      attributes: withAttributes({}, { ...named.attributes, ...verifiedBy(admission, attributes) }),
      status: admission.isConfirmed ? 'CONFIRMED' : 'UNCONFIRMED',
      enabled: true,
    };
    const claimed = admission.verified.map((attribute) => ({ attribute, destination: attributes[attribute] ?? '' }));
    const deposed = deposedBy(user, claimed, { pool, force: true }, call);
    const address = admission.isConfirmed ? undefined : addressToVerify(user, pool);
    const signedUp = { UserConfirmed: admission.isConfirmed, UserSub: sub };
    if (address !== undefined) {
      const sending = { purpose: 'SignUp', ...address, deposed } as const;
      return { ...signedUp, CodeDeliveryDetails: await send(user, sending, pool, call) };
    }
    await call.store.commit([user, ...deposed].map((one) => putUser(one, pool, call)));
    return signedUp;
  },
});

/**
 * The attributes that say which addresses the trigger verified. AWS documents an error for an address that isn't there,
 * and not which.
 */
function verifiedBy(
  { verified }: Admission,
  attributes: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const missing = verified.find((name) => !attributes[name]);
  if (missing !== undefined) {
    throw new AwsError('InvalidLambdaResponseException', `The user has no ${missing} to be verified`);
  }
  return Object.fromEntries(verified.map((name) => [`${name}_verified`, 'true']));
}

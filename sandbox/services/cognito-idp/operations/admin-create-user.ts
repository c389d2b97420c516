import type { AdminCreateUserRequest, AdminCreateUserResponse } from '@aws-sdk/client-cognito-identity-provider';
import { AwsError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { constraint } from '../errors.ts';
import { findPool, poolArn } from '../pool.ts';
import type { UserPoolRecord, UserRecord } from '../records.ts';
import type { TriggerCall } from '../triggers/call-trigger.ts';
import { preSignUp } from '../triggers/pre-sign-up.ts';
import { readAttributes, withAttributes } from '../users/attributes.ts';
import type { UserCall } from '../users/call.ts';
import { tellMail } from '../users/code.ts';
import { newUser, requireFree } from '../users/new-user.ts';
import { temporary } from '../users/password.ts';
import { requirePassword, temporaryPassword } from '../users/password-policy.ts';
import { changed, describeUser, putUser, requireUser } from '../users/user.ts';
import { deposedBy } from '../users/verification.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminCreateUser.html */
export const adminCreateUser = operation<
  AdminCreateUserRequest,
  AdminCreateUserResponse,
  'store' | 'clock' | 'ids' | 'say' | 'functions' | 'callerPolicies' | 'weather'
>({
  resource: ({ UserPoolId }, call) => poolArn(UserPoolId, call),
  async run(input, call) {
    const asked = findPool(input.UserPoolId, call);
    const { MessageAction: action } = input;
    if (action !== undefined && action !== 'RESEND' && action !== 'SUPPRESS') {
      throw constraint('messageAction', action, 'Member must satisfy enum value set: [RESEND, SUPPRESS]');
    }
    const password =
      input.TemporaryPassword === undefined
        ? temporaryPassword(asked, call.ids)
        : requirePassword(input.TemporaryPassword, asked);
    const named = action === 'RESEND' ? undefined : await admitted(input, asked, call);
    // While a trigger worked, the pool may have been deleted, and the name taken.
    const pool = findPool(input.UserPoolId, call);
    const { user, deposed } =
      named === undefined ? { user: again(input, pool, call), deposed: [] } : created(named, input, pool, call);
    const invited: UserRecord = { ...user, ...temporary(password, user, pool, call) };
    await call.store.commit([invited, ...deposed].map((one) => putUser(one, pool, call)));
    if (action !== 'SUPPRESS') invite(invited, password, call);
    return { User: describeUser(invited) };
  },
});

type Named = ReturnType<typeof newUser>;

/** Returns a new user's name and attributes, unless the pool's trigger rejects them. */
async function admitted(
  { Username: username, UserAttributes, ValidationData, ClientMetadata }: AdminCreateUserRequest,
  pool: UserPoolRecord,
  call: UserCall & TriggerCall,
): Promise<Named> {
  const given = readAttributes(UserAttributes, pool, 'administrator');
  const named = newUser({ username, attributes: given }, pool, call);
  const { sub: _, ...attributes } = named.attributes;
  const asking = {
    username: named.username,
    attributes,
    validationData: ValidationData,
    clientMetadata: ClientMetadata,
  };
  await preSignUp({ source: 'AdminCreateUser', ...asking }, pool, call);
  return named;
}

/** A new user, and users who lose an alias to them. */
function created(
  named: Named,
  { Username = '', ForceAliasCreation }: AdminCreateUserRequest,
  pool: UserPoolRecord,
  call: UserCall,
): { readonly user: UserRecord; readonly deposed: readonly UserRecord[] } {
  requireFree(Username, 'User account already exists', pool, call);
  const attributes = withAttributes({}, named.attributes);
  const user: UserRecord = { ...named, attributes, status: 'FORCE_CHANGE_PASSWORD', enabled: true };
  const claimed = ['email', 'phone_number'].flatMap((attribute) => {
    const destination = attributes[attribute];
    const isVerified = attributes[`${attribute}_verified`] === 'true';
    return destination !== undefined && isVerified ? [{ attribute, destination }] : [];
  });
  const deposed = deposedBy(user, claimed, { pool, force: ForceAliasCreation }, call);
  return { user, deposed };
}

/** Invites a user again, with a new password. */
function again({ Username }: AdminCreateUserRequest, pool: UserPoolRecord, call: UserCall): UserRecord {
  const user = requireUser(Username, pool, call);
  if (user.status === 'FORCE_CHANGE_PASSWORD') return changed(user, {}, call);
  throw new AwsError(
    'UnsupportedUserStateException',
    `Resend not possible. ${user.username} is in status ${user.status}.`,
  );
}

/** Printed, but stored nowhere: no record contains the password. */
function invite({ username, attributes, poolId }: UserRecord, password: string, call: UserCall): void {
  const destination = attributes.email ?? attributes.phone_number;
  tellMail(
    `The practice account sends no mail. AWS would send ${username} of the user pool ${poolId} the temporary password ${password}${destination === undefined ? '' : `, at ${destination}`}.`,
    call,
  );
}

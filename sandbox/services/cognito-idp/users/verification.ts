import type { CodeDeliveryDetailsType } from '@aws-sdk/client-cognito-identity-provider';
import type { Call } from '../../../calls/context.ts';
import { AwsError } from '../../../calls/errors.ts';
import { invalidParameter } from '../errors.ts';
import type { SentCode, UserPoolRecord, UserRecord } from '../records.ts';
import { notAuthorized } from '../user-errors.ts';
import type { UserCall } from './call.ts';
import { codesWith, deliveryOf, newCode, tellCode } from './code.ts';
import { changed, ownerOfAlias, putUser } from './user.ts';

/**
 * The address that confirms a sign-up: the one that the pool verifies, phone numbers before mail. Undefined if there is
 * none.
 */
export function addressToVerify(
  { attributes }: Pick<UserRecord, 'attributes'>,
  { settings }: UserPoolRecord,
): Address | undefined {
  for (const attribute of ['phone_number', 'email'] as const) {
    const destination = attributes[attribute];
    if (destination !== undefined && settings.AutoVerifiedAttributes?.includes(attribute))
      return { attribute, destination };
  }
  return undefined;
}

/** Where a code can be sent. */
export type Address = Pick<SentCode, 'attribute' | 'destination'>;

/**
 * The verified address with which a user can set a new password, according to the pool's `AccountRecoverySetting`.
 * Throws InvalidParameterException if the user has none.
 */
export function addressToRecover({ attributes }: UserRecord, { settings }: UserPoolRecord): Address {
  const mechanisms = settings.AccountRecoverySetting?.RecoveryMechanisms ?? [];
  if (mechanisms.some(({ Name }) => Name === 'admin_only')) {
    throw notAuthorized('Contact administrator to reset password.');
  }
  for (const { Name } of mechanisms.toSorted((a, b) => (a.Priority ?? 0) - (b.Priority ?? 0))) {
    const attribute = Name === 'verified_phone_number' ? 'phone_number' : 'email';
    const destination = attributes[attribute];
    if (destination !== undefined && attributes[`${attribute}_verified`] === 'true') return { attribute, destination };
  }
  throw invalidParameter('Cannot reset password for the user as there is no registered/verified email or phone_number');
}

/** A code to send, and the users who lose an address to its recipient. */
interface Sending extends Address, Pick<SentCode, 'purpose'> {
  readonly deposed?: readonly UserRecord[];
}

/** Stores a user with a new code, and sends it: it is printed in the account's log. */
export async function send(
  user: UserRecord,
  { purpose, deposed = [], ...address }: Sending,
  pool: UserPoolRecord,
  call: UserCall,
): Promise<CodeDeliveryDetailsType> {
  const code = newCode({ purpose, ...address }, call);
  const withCode = { ...user, codes: codesWith(user, code) };
  await call.store.commit([withCode, ...deposed].map((one) => putUser(one, pool, call)));
  tellCode(code, user, pool, call);
  return deliveryOf(code);
}

/** Throws AliasExistsException if somebody else already signs in with an address. */
export function requireFreeAlias(
  user: UserRecord,
  alias: string,
  value: string,
  pool: UserPoolRecord,
  call: Call<'store'>,
): void {
  if (ownerOfAlias(alias, value, { pool, but: user }, call) === undefined) return;
  throw new AwsError('AliasExistsException', `An account with the given ${alias} already exists.`);
}

/**
 * Users who lose verified addresses to this user: theirs become unverified. Throws AliasExistsException, unless the
 * addresses are taken by force.
 */
export function deposedBy(
  user: UserRecord,
  addresses: readonly Address[],
  { pool, force = false }: { readonly pool: UserPoolRecord; readonly force?: boolean | undefined },
  call: Call<'store' | 'clock'>,
): UserRecord[] {
  // Both addresses may have belonged to one user.
  const deposed = new Map<string, UserRecord>();
  for (const { attribute, destination } of addresses) {
    const former = ownerOfAlias(attribute, destination, { pool, but: user }, call);
    if (former === undefined) continue;
    if (!force) throw new AwsError('AliasExistsException', `An account with the ${attribute} already exists.`);
    const { attributes } = deposed.get(former.username) ?? former;
    const lost = { attributes: { ...attributes, [`${attribute}_verified`]: 'false' } };
    deposed.set(former.username, changed(former, lost, call));
  }
  return [...deposed.values()];
}

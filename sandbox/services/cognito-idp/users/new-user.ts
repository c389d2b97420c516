import { type Call, regional } from '../../../calls/context.ts';
import { AwsError } from '../../../calls/errors.ts';
import { constraint, invalidParameter } from '../errors.ts';
import { type UserPoolRecord, type UserRecord, users } from '../records.ts';
import { text } from '../shape.ts';
import { isEmail, isPhoneNumber } from './attributes.ts';
import { keyOf, ownerOfAlias } from './user.ts';

const usernameShape = text(1, 128, /[\p{L}\p{M}\p{S}\p{N}\p{P}]+/u);

/** The properties of a new user. */
export interface NewUser {
  /** As received: an address if the pool uses addresses instead of usernames. */
  readonly username: string | undefined;
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * Returns a new user's name and attributes; doesn't check whether the name is free. If users sign in with an address,
 * the username is the `sub`. Throws InvalidParameterException.
 */
export function newUser(
  { username, attributes }: NewUser,
  pool: UserPoolRecord,
  call: Call<'ids' | 'clock'>,
): Pick<UserRecord, 'poolId' | 'username' | 'attributes' | 'groups' | 'codes' | 'created' | 'modified'> {
  if (username === undefined) throw constraint('username', undefined, 'Member must not be null');
  usernameShape('username', username);
  const sub = call.ids.uuid();
  const address = addressOf(username, pool);
  const now = call.clock.now().toISOString();
  return {
    poolId: pool.id,
    username: address === undefined ? username : sub,
    attributes: { sub, ...attributes, ...(address === undefined ? {} : { [address]: username }) },
    groups: [],
    codes: [],
    created: now,
    modified: now,
  };
}

/** Throws UsernameExistsException if someone has the name, or signs in with the address that it is. */
export function requireFree(name: string, taken: string, pool: UserPoolRecord, call: Call<'store'>): void {
  const address = addressOf(name, pool);
  if (address === undefined) {
    if (users.get(call.store, regional(call), keyOf(pool, name)) !== undefined) throw exists(taken);
  } else if (ownerOfAlias(address, name, { pool }, call) !== undefined) {
    throw exists(`An account with the given ${address} already exists.`);
  }
}

/** Which attribute the name is, if the pool's users sign in with an address. */
function addressOf(name: string, { settings }: UserPoolRecord): 'email' | 'phone_number' | undefined {
  const { UsernameAttributes: allowed = [], AliasAttributes: aliases = [] } = settings;
  if (allowed.length === 0) {
    if (aliases.includes('email') && isEmail(name)) {
      throw invalidParameter('Username cannot be of email format, since user pool is configured for email alias.');
    }
    if (aliases.includes('phone_number') && isPhoneNumber(name)) {
      throw invalidParameter(
        'Username cannot be of phone number format, since user pool is configured for phone number alias.',
      );
    }
    return undefined;
  }
  if (allowed.includes('email') && isEmail(name)) return 'email';
  if (allowed.includes('phone_number') && isPhoneNumber(name)) return 'phone_number';
  const wanted =
    allowed.length > 1 ? 'either an email or a phone number' : allowed[0] === 'email' ? 'an email' : 'a phone number';
  throw invalidParameter(`Username should be ${wanted}.`);
}

function exists(message: string): AwsError {
  return new AwsError('UsernameExistsException', message);
}

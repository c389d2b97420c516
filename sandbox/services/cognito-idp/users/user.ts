import type { AttributeType, UserType } from '@aws-sdk/client-cognito-identity-provider';
import { type Call, regional } from '../../../calls/context.ts';
import type { Write } from '../../../state/store.ts';
import { constraint } from '../errors.ts';
import { type UserPoolRecord, type UserRecord, users } from '../records.ts';
import { userNotFound } from '../user-errors.ts';

type Regional = Pick<Call<'store'>, 'accountId' | 'region' | 'store'>;

/** The attributes that identify a pool's users, besides their username. */
const aliases = ['email', 'phone_number', 'preferred_username'] as const;

/**
 * The user with a name: the username, the `sub`, or an address if the pool uses addresses. An alias counts only once it
 * is verified. Undefined if there is none.
 */
export function findUser(name: string, pool: UserPoolRecord, call: Regional): UserRecord | undefined {
  const direct = users.get(call.store, regional(call), keyOf(pool, name));
  if (direct !== undefined) return direct;
  const all = usersOf(pool, call);
  return all.find(({ attributes }) => attributes.sub === name) ?? all.find((user) => isAliasOf(name, user, pool));
}

/** Like `findUser`; throws UserNotFoundException. */
export function requireUser(name: string | undefined, pool: UserPoolRecord, call: Regional): UserRecord {
  if (name === undefined) throw constraint('username', undefined, 'Member must not be null');
  const user = findUser(name, pool, call);
  if (user === undefined) throw userNotFound();
  return user;
}

/** The user with a `sub`: the one who signed in, even if somebody else has the name by now. */
export function findBySub(
  { sub, username }: { readonly sub: string; readonly username: string },
  pool: UserPoolRecord,
  call: Regional,
): UserRecord | undefined {
  const user = users.get(call.store, regional(call), keyOf(pool, username));
  return user?.attributes.sub === sub ? user : undefined;
}

/** Returns the users of a pool, sorted by name. */
export function usersOf({ id }: Pick<UserPoolRecord, 'id'>, call: Regional): UserRecord[] {
  return users.list(call.store, regional(call)).filter(({ poolId }) => poolId === id);
}

/** The write that stores a user. */
export function putUser(user: UserRecord, pool: UserPoolRecord, call: Regional): Write {
  return users.put(regional(call), keyOf(pool, user.username), user);
}

/** The write that deletes a user. */
export function removeUser(user: UserRecord, pool: UserPoolRecord, call: Regional): Write {
  return users.remove(regional(call), keyOf(pool, user.username));
}

/** A copy of a user with changes, and with the time of the change. */
export function changed(user: UserRecord, change: Partial<UserRecord>, { clock }: Call<'clock'>): UserRecord {
  return { ...user, ...change, modified: clock.now().toISOString() };
}

/** A user's key in the store. */
export function keyOf(pool: UserPoolRecord, username: string): string {
  return `${pool.id}/${fold(username, pool)}`;
}

/** Another user to whom an address already belongs; undefined if it is free. */
export function ownerOfAlias(
  alias: string,
  value: string,
  { pool, but }: { readonly pool: UserPoolRecord; readonly but?: UserRecord },
  call: Regional,
): UserRecord | undefined {
  if (!isSignInName(alias, pool)) return undefined;
  return usersOf(pool, call).find((user) => user.username !== but?.username && isMeant(user, alias, value, pool));
}

/** Whether the pool's users sign in with this attribute, instead of a username or in addition to it. */
export function isSignInName(attribute: string, { settings }: Pick<UserPoolRecord, 'settings'>): boolean {
  const names: readonly string[] = [...(settings.UsernameAttributes ?? []), ...(settings.AliasAttributes ?? [])];
  return names.includes(attribute);
}

/** A user's attributes in responses, `sub` first. */
export function attributesOf({ attributes }: UserRecord): AttributeType[] {
  const { sub = '', ...others } = attributes;
  return [{ Name: 'sub', Value: sub }, ...Object.entries(others).map(([Name, Value]) => ({ Name, Value }))];
}

/** A user in lists. */
export function describeUser(user: UserRecord): UserType {
  return {
    Username: user.username,
    Attributes: attributesOf(user),
    UserCreateDate: new Date(user.created),
    UserLastModifiedDate: new Date(user.modified),
    Enabled: user.enabled,
    UserStatus: user.status,
  };
}

function isAliasOf(name: string, user: UserRecord, pool: UserPoolRecord): boolean {
  return aliases.some((alias) => isSignInName(alias, pool) && isMeant(user, alias, name, pool));
}

function isMeant(user: UserRecord, alias: string, value: string, pool: UserPoolRecord): boolean {
  const own = user.attributes[alias];
  return own !== undefined && fold(own, pool) === fold(value, pool) && counts(alias, user, pool);
}

function counts(alias: string, { attributes }: UserRecord, { settings }: UserPoolRecord): boolean {
  const inPlaceOfUsername: readonly string[] = settings.UsernameAttributes ?? [];
  return (
    inPlaceOfUsername.includes(alias) || alias === 'preferred_username' || attributes[`${alias}_verified`] === 'true'
  );
}

function fold(name: string, { settings }: Pick<UserPoolRecord, 'settings'>): string {
  return settings.UsernameConfiguration?.CaseSensitive === false ? name.toLowerCase() : name;
}

import type { User } from '@aws-sdk/client-iam';
import { type Call, global } from '../../calls/context.ts';
import { AwsError } from '../../calls/errors.ts';
import { noSuchEntity } from './naming.ts';
import { type UserRecord, users } from './records.ts';

/** Returns the user with that name in the caller's account, or without a name, the caller. Throws NoSuchEntity. */
export function requireUser(name: string | undefined, call: Call<'store'>): UserRecord {
  const wanted = name ?? callersName(call);
  const user = users.get(call.store, global(call), wanted);
  if (user === undefined) throw noSuchEntity(`The user with name ${wanted} cannot be found.`);
  return user;
}

function callersName({ caller }: Call<'store'>): string {
  if (caller.type === 'user') return caller.arn.split('/').at(-1) ?? '';
  throw new AwsError('ValidationError', 'Must specify userName when calling with non-User credentials');
}

/** Stores a user. */
export async function saveUser(user: UserRecord, call: Call<'store'>): Promise<void> {
  await call.store.commit([users.put(global(call), user.UserName, user)]);
}

/** The ARN of the user in a request, or of the caller: the resource for authorization. */
export function userResource({ UserName }: { readonly UserName?: string | undefined }, call: Call<'store'>): string {
  if (UserName === undefined) return call.caller.type === 'user' ? call.caller.arn : '*';
  return users.get(call.store, global(call), UserName)?.Arn ?? `arn:aws:iam::${call.accountId}:user/${UserName}`;
}

/** A user in responses. */
export function describeUser(user: UserRecord, detail: 'full' | 'listed' = 'full'): User {
  const { inline: _inline, attached: _attached, PermissionsBoundary, Tags, ...plain } = user;
  return {
    ...plain,
    CreateDate: new Date(user.CreateDate),
    ...(detail === 'full' && Tags.length > 0 ? { Tags: Tags.map((tag) => ({ ...tag })) } : {}),
    ...(detail === 'full' && PermissionsBoundary !== undefined
      ? {
          PermissionsBoundary: {
            PermissionsBoundaryType: 'PermissionsBoundaryPolicy',
            PermissionsBoundaryArn: PermissionsBoundary,
          },
        }
      : {}),
  };
}

import type { Role } from '@aws-sdk/client-iam';
import { type Call, global } from '../../calls/context.ts';
import { noSuchEntity } from './naming.ts';
import { encodeDocument } from './policy-document.ts';
import { type RoleRecord, roles } from './records.ts';

/** The role of that name in the caller's account. Throws NoSuchEntity. */
export function requireRole(name: string | undefined, call: Call<'store'>): RoleRecord {
  const role = roles.get(call.store, global(call), name ?? '');
  if (role === undefined) throw noSuchEntity(`The role with name ${name} cannot be found.`);
  return role;
}

/** Keeps a role as it is now. */
export async function saveRole(role: RoleRecord, call: Call<'store'>): Promise<void> {
  await call.store.commit([roles.put(global(call), role.RoleName, role)]);
}

/** The ARN of the role a request names, whether it is there or not: what the permission is needed on. */
export function roleResource(
  { RoleName = '*' }: { readonly RoleName?: string | undefined },
  call: Call<'store'>,
): string {
  return roles.get(call.store, global(call), RoleName)?.Arn ?? `arn:aws:iam::${call.accountId}:role/${RoleName}`;
}

/** A role as answers have it; lists leave out what only GetRole and CreateRole tell. */
export function describeRole(role: RoleRecord, detail: 'full' | 'listed' = 'full'): Role {
  const { inline: _inline, attached: _attached, PermissionsBoundary, Tags, ...plain } = role;
  return {
    ...plain,
    CreateDate: new Date(role.CreateDate),
    AssumeRolePolicyDocument: encodeDocument(role.AssumeRolePolicyDocument),
    ...(detail === 'listed'
      ? {}
      : { RoleLastUsed: {}, ...(Tags.length === 0 ? {} : { Tags: Tags.map((tag) => ({ ...tag })) }) }),
    ...(detail === 'listed' || PermissionsBoundary === undefined
      ? {}
      : {
          PermissionsBoundary: {
            PermissionsBoundaryType: 'PermissionsBoundaryPolicy',
            PermissionsBoundaryArn: PermissionsBoundary,
          },
        }),
  };
}

import type { Role } from '@aws-sdk/client-iam';
import { type Call, global } from '../../calls/context.ts';
import { noSuchEntity } from './naming.ts';
import { encodeDocument } from './policy-document.ts';
import { type RoleRecord, roles } from './records.ts';
import { trustPolicyOf } from './trust-principals.ts';

/** Returns the role with that name in the caller's account. Throws NoSuchEntity. */
export function requireRole(name: string | undefined, call: Call<'store'>): RoleRecord {
  const role = roles.get(call.store, global(call), name ?? '');
  if (role === undefined) throw noSuchEntity(`The role with name ${name} cannot be found.`);
  return role;
}

/** Stores a role. */
export async function saveRole(role: RoleRecord, call: Call<'store'>): Promise<void> {
  await call.store.commit([roles.put(global(call), role.RoleName, role)]);
}

/** The ARN of the role in a request, existing or not: the resource for authorization. */
export function roleResource(
  { RoleName = '*' }: { readonly RoleName?: string | undefined },
  call: Call<'store'>,
): string {
  return roles.get(call.store, global(call), RoleName)?.Arn ?? `arn:aws:iam::${call.accountId}:role/${RoleName}`;
}

/** A role in responses; lists omit the members that only GetRole and CreateRole return. */
export function describeRole(
  role: RoleRecord,
  store: Call<'store'>['store'],
  detail: 'full' | 'listed' = 'full',
): Role {
  const { inline: _inline, attached: _attached, trustedIds: _ids, PermissionsBoundary, Tags, ...plain } = role;
  return {
    ...plain,
    CreateDate: new Date(role.CreateDate),
    AssumeRolePolicyDocument: encodeDocument(trustPolicyOf(role, store)),
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

import type { Policy, PolicyVersion } from '@aws-sdk/client-iam';
import { type Call, global } from '../../calls/context.ts';
import { AwsError } from '../../calls/errors.ts';
import { awsManagedPolicies } from './aws-managed-policies.ts';
import { noSuchEntity } from './naming.ts';
import { encodeDocument } from './policy-document.ts';
import { type PolicyRecord, type PolicyVersionRecord, policies, roles, users } from './records.ts';

/** A managed policy by its ARN, the account's own or AWS's; undefined if it doesn't exist. */
export function findPolicy(arn: string | undefined, call: Call<'store'>): PolicyRecord | undefined {
  return policies.get(call.store, global(call), arn ?? '') ?? awsManagedPolicies().get(arn ?? '');
}

/** Like `findPolicy`. Throws NoSuchEntity. */
export function requirePolicy(arn: string | undefined, call: Call<'store'>): PolicyRecord {
  const policy = findPolicy(arn, call);
  if (policy === undefined) throw noSuchEntity(`Policy ${arn} was not found.${ofMany(arn)}`);
  return policy;
}

/** A policy that can be changed: the account's own. Throws AccessDenied for one of AWS's. */
export function requireOwnPolicy(arn: string | undefined, call: Call<'store'>): PolicyRecord {
  const policy = requirePolicy(arn, call);
  if (isAwsManaged(policy.Arn)) {
    throw new AwsError('AccessDenied', 'Cannot change a policy that is managed by AWS.', 403);
  }
  return policy;
}

/** The policy's ARN if it can be attached. Throws NoSuchEntity. */
export function requireAttachable(arn: string | undefined, call: Call<'store'>): string {
  const policy = findPolicy(arn, call);
  if (policy === undefined) throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.${ofMany(arn)}`);
  return policy.Arn;
}

function isAwsManaged(arn: string): boolean {
  return arn.startsWith('arn:aws:iam::aws:policy/');
}

/** AWS may have a policy with that name: after AWS's own message, say that the practice account has few of them. */
function ofMany(arn = ''): string {
  if (!isAwsManaged(arn)) return '';
  return ` The practice account has only ${awsManagedPolicies().size} of AWS's managed policies; \`aws iam list-policies --scope AWS\` lists them.`;
}

/** Stores a policy. */
export async function savePolicy(policy: PolicyRecord, call: Call<'store' | 'clock'>): Promise<void> {
  const changed = { ...policy, UpdateDate: call.clock.now().toISOString() };
  await call.store.commit([policies.put(global(call), policy.Arn, changed)]);
}

/** Returns one version of a policy. Throws NoSuchEntity. */
export function requireVersion(policy: PolicyRecord, id: string | undefined): PolicyVersionRecord {
  const version = policy.versions.find(({ VersionId }) => VersionId === id);
  if (version === undefined) {
    throw noSuchEntity(`Policy ${policy.Arn} version ${id} does not exist or is not attachable.`);
  }
  return version;
}

/** The account's roles and users that have a policy, or use it as their boundary. */
export function holders(arn: string, call: Call<'store'>) {
  const all = { roles: roles.list(call.store, global(call)), users: users.list(call.store, global(call)) };
  return {
    roles: all.roles.filter(({ attached }) => attached.includes(arn)),
    users: all.users.filter(({ attached }) => attached.includes(arn)),
    bounded: {
      roles: all.roles.filter(({ PermissionsBoundary }) => PermissionsBoundary === arn),
      users: all.users.filter(({ PermissionsBoundary }) => PermissionsBoundary === arn),
    },
  };
}

/** A managed policy in responses; lists leave out description and tags. */
export function describePolicy(policy: PolicyRecord, call: Call<'store'>, detail: 'full' | 'listed' = 'full'): Policy {
  const { versions: _versions, versionsMade: _made, Tags, Description, ...plain } = policy;
  const { roles: byRoles, users: byUsers, bounded } = holders(policy.Arn, call);
  return {
    ...plain,
    CreateDate: new Date(policy.CreateDate),
    UpdateDate: new Date(policy.UpdateDate),
    AttachmentCount: byRoles.length + byUsers.length,
    PermissionsBoundaryUsageCount: bounded.roles.length + bounded.users.length,
    IsAttachable: true,
    ...(detail === 'full' ? { Description, Tags: Tags.map((tag) => ({ ...tag })) } : {}),
  };
}

/** A version in responses; lists leave out the document. */
export function describeVersion(
  policy: PolicyRecord,
  { VersionId, CreateDate, Document }: PolicyVersionRecord,
  detail: 'full' | 'listed' = 'full',
): PolicyVersion {
  return {
    ...(detail === 'full' ? { Document: encodeDocument(Document) } : {}),
    VersionId,
    IsDefaultVersion: VersionId === policy.DefaultVersionId,
    CreateDate: new Date(CreateDate),
  };
}

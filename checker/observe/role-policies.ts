import type { IAMClient } from '@aws-sdk/client-iam';
import { has } from '../../sandbox/iam-policy/access/access.ts';
import type { Fixed } from '../../sandbox/iam-policy/access/certainty.ts';
import { type Policies, remainder } from '../../sandbox/iam-policy/access/remainder.ts';
import type { Subject } from '../checking/check.ts';

/** A role's policy, with its document as JSON. */
export interface RolePolicy {
  readonly name: string;
  /** The ARN, if it is a managed policy. */
  readonly arn?: string;
  readonly document: string;
}

/** All policies that apply to a role, as far as its own account has them. */
export type RolePolicies = Policies<RolePolicy> & {
  readonly boundaryName?: string;
  /** The role's tags, by key. */
  readonly tags?: Readonly<Record<string, string>>;
};

/**
 * Reads all policies of a role: inline and attached, all pages, default versions, and its permissions boundary. Service
 * and resource control policies belong to the organization, and a member account can't read them.
 */
export async function observeRolePolicies(
  { target }: Pick<Subject, 'target'>,
  roleName: string,
): Promise<RolePolicies> {
  const [client, iam] = await Promise.all([target.clients.iam(), import('../aws/sdk/iam.ts')]);
  const { Role } = await client.send(new iam.GetRoleCommand({ RoleName: roleName }));
  const boundaryArn = Role?.PermissionsBoundary?.PermissionsBoundaryArn;
  const identity = [...(await inline(client, roleName)), ...(await attached(client, roleName))];
  const tags = Object.fromEntries((Role?.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
  if (boundaryArn === undefined) return { identity, tags };
  return {
    identity,
    tags,
    boundary: await documentOf(client, boundaryArn),
    boundaryName: boundaryArn.split('/').at(-1) ?? '',
  };
}

async function inline(client: IAMClient, RoleName: string): Promise<RolePolicy[]> {
  const iam = await import('../aws/sdk/iam.ts');
  const policies: RolePolicy[] = [];
  for await (const { PolicyNames = [] } of iam.paginateListRolePolicies({ client }, { RoleName })) {
    for (const PolicyName of PolicyNames) {
      const { PolicyDocument = '{}' } = await client.send(new iam.GetRolePolicyCommand({ RoleName, PolicyName }));
      policies.push({ name: PolicyName, document: decodeURIComponent(PolicyDocument) });
    }
  }
  return policies;
}

async function attached(client: IAMClient, RoleName: string): Promise<RolePolicy[]> {
  const iam = await import('../aws/sdk/iam.ts');
  const policies: RolePolicy[] = [];
  for await (const { AttachedPolicies = [] } of iam.paginateListAttachedRolePolicies({ client }, { RoleName })) {
    for (const { PolicyArn: arn = '', PolicyName: name = '' } of AttachedPolicies) {
      policies.push({ name, arn, document: await documentOf(client, arn) });
    }
  }
  return policies;
}

/** A managed policy's document: only the default version is in effect. IAM paginates, and a page can be incomplete. */
async function documentOf(client: IAMClient, PolicyArn: string): Promise<string> {
  const iam = await import('../aws/sdk/iam.ts');
  for await (const { Versions = [] } of iam.paginateListPolicyVersions({ client }, { PolicyArn })) {
    const version = Versions.find(({ IsDefaultVersion }) => IsDefaultVersion);
    if (version === undefined) continue;
    const { VersionId } = version;
    const { PolicyVersion } = await client.send(new iam.GetPolicyVersionCommand({ PolicyArn, VersionId }));
    return decodeURIComponent(PolicyVersion?.Document ?? '{}');
  }
  throw new Error(`IAM lists no default version of ${PolicyArn}.`);
}

/**
 * Returns the context that every call by a function's role has. Lambda adds no session tags to the role's own tags:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principaltag
 */
export function fixedFor(roleArn: string, { tags = {} }: Pick<RolePolicies, 'tags'> = {}, now = Date.now()): Fixed {
  return {
    keys: {
      'aws:PrincipalAccount': roleArn.split(':')[4] ?? '',
      'aws:PrincipalArn': roleArn,
      'aws:PrincipalIsAWSService': 'false',
      'aws:PrincipalType': 'AssumedRole',
      ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value])),
    },
    now,
  };
}

/** Whether a role's own policies allow a call, even if only under a condition. */
export function couldCall(policies: RolePolicies, roleArn: string, action: string, resource: string): boolean {
  return remainder(policies, [], fixedFor(roleArn, policies)).some(({ left }) =>
    left.some((calls) => has(calls, action, resource)),
  );
}

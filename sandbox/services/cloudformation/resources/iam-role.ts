import { physicalName } from '../engine/names.ts';
import type { Tag } from '../records.ts';
import { ifThere, isThere } from './if-there.ts';
import { type PolicyDocument, policyText } from './policy-document.ts';
import { type Resource, type ResourceCall, resourceType } from './resource-type.ts';
import { ownTags, tagChanges } from './tags.ts';

interface Properties {
  readonly AssumeRolePolicyDocument: PolicyDocument;
  readonly RoleName?: string;
  readonly Path?: string;
  readonly Description?: string;
  readonly ManagedPolicyArns?: readonly string[];
  /** Seconds. */
  readonly MaxSessionDuration?: number;
  readonly PermissionsBoundary?: string;
  readonly Policies?: readonly InlinePolicy[];
  readonly Tags?: readonly Tag[];
}

interface InlinePolicy {
  readonly PolicyName: string;
  readonly PolicyDocument: PolicyDocument;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html */
export const iamRole = resourceType<Properties>({
  properties: {
    AssumeRolePolicyDocument: 'update',
    RoleName: 'replace',
    Path: 'replace',
    Description: 'update',
    ManagedPolicyArns: 'update',
    MaxSessionDuration: 'update',
    PermissionsBoundary: 'update',
    Policies: 'update',
    Tags: 'update',
  },
  required: ['AssumeRolePolicyDocument'],
  numbers: ['MaxSessionDuration'],
  taggable: true,
  attributes: ['Arn', 'RoleId'],
  identify: (resource, { ids }) => resource.properties.RoleName ?? physicalName(resource, 64, ids),
  exists: ({ physicalId }, { perform }) => isThere(perform('iam', 'GetRole', { RoleName: physicalId })),
  async create(resource, call) {
    const { physicalId: RoleName, properties } = resource;
    const { Policies: _inline, ManagedPolicyArns: _attached, AssumeRolePolicyDocument, ...members } = properties;
    const { Role } = await call.perform<{ Role?: { Arn?: string; RoleId?: string } }>('iam', 'CreateRole', {
      ...members,
      RoleName,
      AssumeRolePolicyDocument: policyText(AssumeRolePolicyDocument),
      Tags: ownTags(resource),
    });
    await setPolicies(RoleName, {}, properties, call);
    return { attributes: { Arn: Role?.Arn ?? '', RoleId: Role?.RoleId ?? '' } };
  },
  async update(resource, former, call) {
    const { physicalId: RoleName, properties } = resource;
    const { AssumeRolePolicyDocument, Description = '', MaxSessionDuration = 3600, PermissionsBoundary } = properties;
    await call.perform('iam', 'UpdateAssumeRolePolicy', {
      RoleName,
      PolicyDocument: policyText(AssumeRolePolicyDocument),
    });
    await call.perform('iam', 'UpdateRole', { RoleName, Description, MaxSessionDuration });
    if (PermissionsBoundary !== undefined) {
      await call.perform('iam', 'PutRolePermissionsBoundary', { RoleName, PermissionsBoundary });
    } else if (former.properties.PermissionsBoundary !== undefined) {
      await ifThere(call.perform('iam', 'DeleteRolePermissionsBoundary', { RoleName }));
    }
    await setPolicies(RoleName, former.properties, properties, call);
    await retag(resource, former, call);
    return {};
  },
  async delete({ physicalId: RoleName, properties }, call) {
    await setPolicies(RoleName, properties, {}, call);
    await ifThere(call.perform('iam', 'DeleteRole', { RoleName }));
  },
});

type Policies = Pick<Properties, 'ManagedPolicyArns' | 'Policies'>;

/** Changes a role's policies from their previous to their desired state. */
async function setPolicies(RoleName: string, from: Policies, to: Policies, { perform }: ResourceCall): Promise<void> {
  const wanted = to.ManagedPolicyArns ?? [];
  for (const PolicyArn of wanted) await perform('iam', 'AttachRolePolicy', { RoleName, PolicyArn });
  for (const PolicyArn of (from.ManagedPolicyArns ?? []).filter((arn) => !wanted.includes(arn))) {
    await ifThere(perform('iam', 'DetachRolePolicy', { RoleName, PolicyArn }));
  }
  const inline = to.Policies ?? [];
  for (const { PolicyName, PolicyDocument } of inline) {
    await perform('iam', 'PutRolePolicy', { RoleName, PolicyName, PolicyDocument: policyText(PolicyDocument) });
  }
  for (const { PolicyName } of from.Policies ?? []) {
    if (inline.some((policy) => policy.PolicyName === PolicyName)) continue;
    await ifThere(perform('iam', 'DeleteRolePolicy', { RoleName, PolicyName }));
  }
}

async function retag(resource: Resource<Properties>, former: Resource<Properties>, { perform }: ResourceCall) {
  const RoleName = resource.physicalId;
  const { add, remove } = tagChanges(ownTags(former), ownTags(resource));
  if (add.length > 0) await perform('iam', 'TagRole', { RoleName, Tags: add });
  if (remove.length > 0) await perform('iam', 'UntagRole', { RoleName, TagKeys: remove });
}

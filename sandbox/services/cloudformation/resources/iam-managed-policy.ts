import type { ListPolicyVersionsResponse } from '@aws-sdk/client-iam';
import { physicalName } from '../engine/names.ts';
import { ifThere, isThere } from './if-there.ts';
import { type PolicyDocument, policyText } from './policy-document.ts';
import { type ResourceCall, resourceType } from './resource-type.ts';

interface Properties {
  readonly PolicyDocument: PolicyDocument;
  readonly ManagedPolicyName?: string;
  readonly Path?: string;
  readonly Description?: string;
  readonly Roles?: readonly string[];
  readonly Users?: readonly string[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html */
export const iamManagedPolicy = resourceType<Properties>({
  properties: {
    PolicyDocument: 'update',
    ManagedPolicyName: 'replace',
    Path: 'replace',
    Description: 'replace',
    Roles: 'update',
    Users: 'update',
  },
  required: ['PolicyDocument'],
  attributes: ['PolicyArn', 'PolicyId'],
  identify(resource, { accountId, ids }) {
    const { Path = '/', ManagedPolicyName } = resource.properties;
    return `arn:aws:iam::${accountId}:policy${Path}${ManagedPolicyName ?? physicalName(resource, 128, ids)}`;
  },
  exists: ({ physicalId }, { perform }) => isThere(perform('iam', 'GetPolicy', { PolicyArn: physicalId })),
  async create({ physicalId: PolicyArn, properties }, call) {
    const { Path, Description, PolicyDocument } = properties;
    const { Policy } = await call.perform<{ Policy?: { PolicyId?: string } }>('iam', 'CreatePolicy', {
      PolicyName: PolicyArn.split('/').at(-1),
      PolicyDocument: policyText(PolicyDocument),
      Path,
      Description,
    });
    await attach(PolicyArn, {}, properties, call);
    return { attributes: { PolicyArn, PolicyId: Policy?.PolicyId ?? '' } };
  },
  async update({ physicalId: PolicyArn, properties }, former, call) {
    await call.perform('iam', 'CreatePolicyVersion', {
      PolicyArn,
      PolicyDocument: policyText(properties.PolicyDocument),
      SetAsDefault: true,
    });
    await deleteOldVersions(PolicyArn, call);
    await attach(PolicyArn, former.properties, properties, call);
    return { PolicyArn };
  },
  async delete({ physicalId: PolicyArn, properties }, call) {
    await attach(PolicyArn, properties, {}, call);
    await deleteOldVersions(PolicyArn, call);
    await ifThere(call.perform('iam', 'DeletePolicy', { PolicyArn }));
  },
});

type Holders = Pick<Properties, 'Roles' | 'Users'>;

async function attach(PolicyArn: string, from: Holders, to: Holders, { perform }: ResourceCall): Promise<void> {
  for (const RoleName of to.Roles ?? []) await perform('iam', 'AttachRolePolicy', { PolicyArn, RoleName });
  for (const UserName of to.Users ?? []) await perform('iam', 'AttachUserPolicy', { PolicyArn, UserName });
  for (const RoleName of from.Roles ?? []) {
    if (!to.Roles?.includes(RoleName)) await ifThere(perform('iam', 'DetachRolePolicy', { PolicyArn, RoleName }));
  }
  for (const UserName of from.Users ?? []) {
    if (!to.Users?.includes(UserName)) await ifThere(perform('iam', 'DetachUserPolicy', { PolicyArn, UserName }));
  }
}

/** A managed policy can have five versions; CloudFormation keeps only the default one. */
async function deleteOldVersions(PolicyArn: string, { perform }: ResourceCall): Promise<void> {
  const list = perform<ListPolicyVersionsResponse>('iam', 'ListPolicyVersions', { PolicyArn });
  for (const { VersionId, IsDefaultVersion } of (await ifThere(list))?.Versions ?? []) {
    if (!IsDefaultVersion) await ifThere(perform('iam', 'DeletePolicyVersion', { PolicyArn, VersionId }));
  }
}

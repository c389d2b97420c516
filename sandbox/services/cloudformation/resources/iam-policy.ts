import { randomPart } from '../engine/names.ts';
import { ifThere } from './if-there.ts';
import { type PolicyDocument, policyText } from './policy-document.ts';
import { type ResourceCall, resourceType } from './resource-type.ts';

interface Properties {
  readonly PolicyName: string;
  readonly PolicyDocument: PolicyDocument;
  readonly Roles?: readonly string[];
  readonly Users?: readonly string[];
}

/** An inline policy of roles and users (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-policy.html). */
export const iamPolicy = resourceType<Properties>({
  properties: { PolicyName: 'update', PolicyDocument: 'update', Roles: 'update', Users: 'update' },
  required: ['PolicyName', 'PolicyDocument'],
  attributes: ['Id'],
  identify: ({ stackName, logicalId }, { ids }) =>
    `${stackName.slice(0, 5)}-${logicalId.slice(0, 4)}-${randomPart(12, ids)}`,
  async create({ physicalId, properties }, call) {
    await put(properties, call);
    return { attributes: { Id: physicalId } };
  },
  async update({ physicalId, properties }, former, call) {
    await put(properties, call);
    const isKept = former.properties.PolicyName === properties.PolicyName;
    const without = (before: readonly string[] = [], now: readonly string[] = []) =>
      isKept ? before.filter((name) => !now.includes(name)) : before;
    const { PolicyName, Roles, Users } = former.properties;
    const left = { Roles: without(Roles, properties.Roles), Users: without(Users, properties.Users) };
    await takeOff({ ...properties, PolicyName, ...left }, call);
    return { Id: physicalId };
  },
  delete: ({ properties }, call) => takeOff(properties, call),
});

async function put({ PolicyName, PolicyDocument, Roles = [], Users = [] }: Properties, { perform }: ResourceCall) {
  const policy = { PolicyName, PolicyDocument: policyText(PolicyDocument) };
  for (const RoleName of Roles) await perform('iam', 'PutRolePolicy', { ...policy, RoleName });
  for (const UserName of Users) await perform('iam', 'PutUserPolicy', { ...policy, UserName });
}

async function takeOff({ PolicyName, Roles = [], Users = [] }: Properties, { perform }: ResourceCall): Promise<void> {
  for (const RoleName of Roles) await ifThere(perform('iam', 'DeleteRolePolicy', { PolicyName, RoleName }));
  for (const UserName of Users) await ifThere(perform('iam', 'DeleteUserPolicy', { PolicyName, UserName }));
}

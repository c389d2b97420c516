import { ifThere, isThere } from './if-there.ts';
import { type PolicyDocument, policyText } from './policy-document.ts';
import { type Resource, type ResourceCall, resourceType } from './resource-type.ts';

interface Properties {
  readonly PolicyName: string;
  readonly RoleName: string;
  readonly PolicyDocument?: PolicyDocument;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-rolepolicy.html */
export const iamRolePolicy = resourceType<Properties>({
  properties: { PolicyName: 'replace', RoleName: 'replace', PolicyDocument: 'update' },
  required: ['PolicyName', 'RoleName'],
  identify: ({ properties }) => `${properties.PolicyName}|${properties.RoleName}`,
  exists: ({ properties: { PolicyName, RoleName } }, { perform }) =>
    isThere(perform('iam', 'GetRolePolicy', { PolicyName, RoleName })),
  async create(resource, call) {
    await put(resource, call);
    return {};
  },
  async update(resource, _former, call) {
    await put(resource, call);
    return {};
  },
  async delete({ properties: { PolicyName, RoleName } }, { perform }) {
    await ifThere(perform('iam', 'DeleteRolePolicy', { PolicyName, RoleName }));
  },
});

async function put({ properties }: Resource<Properties>, { perform }: ResourceCall): Promise<void> {
  const { PolicyName, RoleName, PolicyDocument = {} } = properties;
  await perform('iam', 'PutRolePolicy', { PolicyName, RoleName, PolicyDocument: policyText(PolicyDocument) });
}

import { physicalName } from '../engine/names.ts';
import { ifThere, isThere } from './if-there.ts';
import { resourceType } from './resource-type.ts';

interface Properties {
  readonly UserPoolId: string;
  readonly GroupName?: string;
  readonly Description?: string;
  readonly Precedence?: number;
  readonly RoleArn?: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpoolgroup.html */
export const cognitoUserPoolGroup = resourceType<Properties>({
  properties: {
    UserPoolId: 'replace',
    GroupName: 'replace',
    Description: 'update',
    Precedence: 'update',
    RoleArn: 'update',
  },
  required: ['UserPoolId'],
  numbers: ['Precedence'],
  identify: (resource, { ids }) => resource.properties.GroupName ?? physicalName(resource, 128, ids),
  exists: ({ physicalId: GroupName, properties: { UserPoolId } }, { perform }) =>
    isThere(perform('cognito-idp', 'GetGroup', { UserPoolId, GroupName })),
  async create({ physicalId, properties }, { perform }) {
    await perform('cognito-idp', 'CreateGroup', { ...properties, GroupName: physicalId });
    return {};
  },
  async update({ physicalId, properties }, _former, { perform }) {
    await perform('cognito-idp', 'UpdateGroup', { Description: '', ...properties, GroupName: physicalId });
    return {};
  },
  async delete({ physicalId: GroupName, properties: { UserPoolId } }, { perform }) {
    await ifThere(perform('cognito-idp', 'DeleteGroup', { UserPoolId, GroupName }));
  },
});

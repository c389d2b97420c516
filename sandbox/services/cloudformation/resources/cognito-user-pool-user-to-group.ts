import type { AdminListGroupsForUserResponse } from '@aws-sdk/client-cognito-identity-provider';
import { ifThere } from './if-there.ts';
import { type ResourceCall, resourceType } from './resource-type.ts';

interface Properties {
  readonly UserPoolId: string;
  readonly Username: string;
  readonly GroupName: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpoolusertogroupattachment.html */
export const cognitoUserPoolUserToGroup = resourceType<Properties>({
  properties: { UserPoolId: 'replace', Username: 'replace', GroupName: 'replace' },
  required: ['UserPoolId', 'Username', 'GroupName'],
  identify: (_resource, { ids }) => `UserToGroupAttachment-${ids.uuid().slice(0, 12)}`,
  exists: async ({ properties }, call) =>
    (await ifThere(groupsOf(properties, call)))?.includes(properties.GroupName) === true,
  async create({ properties }, { perform }) {
    await perform('cognito-idp', 'AdminAddUserToGroup', properties);
    return {};
  },
  async delete({ properties }, { perform }) {
    await ifThere(perform('cognito-idp', 'AdminRemoveUserFromGroup', properties));
  },
});

async function groupsOf({ UserPoolId, Username }: Properties, { perform }: ResourceCall): Promise<string[]> {
  const { Groups = [] } = await perform<AdminListGroupsForUserResponse>('cognito-idp', 'AdminListGroupsForUser', {
    UserPoolId,
    Username,
  });
  return Groups.flatMap(({ GroupName }) => GroupName ?? []);
}

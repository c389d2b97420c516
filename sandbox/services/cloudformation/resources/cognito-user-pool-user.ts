import type { AttributeType } from '@aws-sdk/client-cognito-identity-provider';
import { ifThere, isThere } from './if-there.ts';
import { resourceType } from './resource-type.ts';

interface Properties {
  readonly UserPoolId: string;
  readonly Username?: string;
  readonly ClientMetadata?: Readonly<Record<string, string>>;
  readonly DesiredDeliveryMediums?: readonly string[];
  readonly ForceAliasCreation?: boolean;
  readonly MessageAction?: string;
  readonly UserAttributes?: readonly AttributeType[];
  readonly ValidationData?: readonly AttributeType[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpooluser.html */
export const cognitoUserPoolUser = resourceType<Properties>({
  properties: {
    UserPoolId: 'replace',
    Username: 'replace',
    ClientMetadata: 'replace',
    DesiredDeliveryMediums: 'replace',
    ForceAliasCreation: 'replace',
    MessageAction: 'replace',
    UserAttributes: 'replace',
    ValidationData: 'replace',
  },
  required: ['UserPoolId'],
  booleans: ['ForceAliasCreation'],
  identify: ({ properties }, { ids }) => properties.Username ?? ids.uuid(),
  exists: ({ physicalId: Username, properties: { UserPoolId } }, { perform }) =>
    isThere(perform('cognito-idp', 'AdminGetUser', { UserPoolId, Username })),
  async create({ physicalId, properties }, { perform }) {
    await perform('cognito-idp', 'AdminCreateUser', { ...properties, Username: physicalId });
    return {};
  },
  async delete({ physicalId: Username, properties: { UserPoolId } }, { perform }) {
    await ifThere(perform('cognito-idp', 'AdminDeleteUser', { UserPoolId, Username }));
  },
});

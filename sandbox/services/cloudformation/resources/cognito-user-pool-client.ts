import type { CreateUserPoolClientRequest, UserPoolClientType } from '@aws-sdk/client-cognito-identity-provider';
import { physicalName } from '../engine/names.ts';
import { ifThere } from './if-there.ts';
import { type Attributes, resourceType } from './resource-type.ts';

type Properties = Omit<CreateUserPoolClientRequest, 'ClientName' | 'ClientSecret'> & { readonly ClientName?: string };

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpoolclient.html */
export const cognitoUserPoolClient = resourceType<Properties>({
  properties: {
    UserPoolId: 'replace',
    ClientName: 'update',
    GenerateSecret: 'replace',
    AccessTokenValidity: 'update',
    AllowedOAuthFlows: 'update',
    AllowedOAuthFlowsUserPoolClient: 'update',
    AllowedOAuthScopes: 'update',
    AnalyticsConfiguration: 'update',
    AuthSessionValidity: 'update',
    CallbackURLs: 'update',
    DefaultRedirectURI: 'update',
    EnablePropagateAdditionalUserContextData: 'update',
    EnableTokenRevocation: 'update',
    ExplicitAuthFlows: 'update',
    IdTokenValidity: 'update',
    LogoutURLs: 'update',
    PreventUserExistenceErrors: 'update',
    ReadAttributes: 'update',
    RefreshTokenRotation: 'update',
    RefreshTokenValidity: 'update',
    SupportedIdentityProviders: 'update',
    TokenValidityUnits: 'update',
    WriteAttributes: 'update',
  },
  required: ['UserPoolId'],
  numbers: [
    'AccessTokenValidity',
    'AuthSessionValidity',
    'IdTokenValidity',
    'RefreshTokenValidity',
    'RetryGracePeriodSeconds',
  ],
  booleans: [
    'AllowedOAuthFlowsUserPoolClient',
    'EnablePropagateAdditionalUserContextData',
    'EnableTokenRevocation',
    'GenerateSecret',
  ],
  attributes: ['ClientId', 'ClientSecret', 'Name'],
  identify: (_resource, { ids }) => ids.short(26),
  async create(resource, { perform, ids }) {
    const { physicalId, properties } = resource;
    const request = { ...properties, ClientName: properties.ClientName ?? physicalName(resource, 128, ids) };
    const answer = await perform<Outcome>('cognito-idp', 'CreateUserPoolClient', request, { assignedId: physicalId });
    return { attributes: attributes(answer) };
  },
  async update({ physicalId, properties }, _former, { perform }) {
    const { GenerateSecret: _secret, ...settings } = properties;
    return attributes(
      await perform<Outcome>('cognito-idp', 'UpdateUserPoolClient', { ...settings, ClientId: physicalId }),
    );
  },
  async delete({ physicalId: ClientId, properties: { UserPoolId } }, { perform }) {
    await ifThere(perform('cognito-idp', 'DeleteUserPoolClient', { UserPoolId, ClientId }));
  },
});

interface Outcome {
  readonly UserPoolClient?: UserPoolClientType;
}

function attributes({ UserPoolClient: { ClientId = '', ClientName = '', ClientSecret } = {} }: Outcome): Attributes {
  return { ClientId, Name: ClientName, ...(ClientSecret === undefined ? {} : { ClientSecret }) };
}

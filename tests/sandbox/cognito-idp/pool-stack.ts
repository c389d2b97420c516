import type { Stack } from '@aws-sdk/client-cloudformation';
import { type CognitoIdentityProviderClient, ListUserPoolsCommand } from '@aws-sdk/client-cognito-identity-provider';

/** The attribute that every user has. */
export const email = { Name: 'email', Mutable: true, Required: true };

/** A pool with self sign-up by email, and a client for a page, as the CDK writes them. */
export function template({ pool = {}, page = {}, more = {} }: { pool?: object; page?: object; more?: object } = {}) {
  const UserPoolId = { Ref: 'Users' };
  return {
    Resources: {
      Users: {
        Type: 'AWS::Cognito::UserPool',
        Properties: {
          AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
          AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
          AutoVerifiedAttributes: ['email'],
          EmailVerificationMessage: 'The verification code to your new account is {####}',
          EmailVerificationSubject: 'Verify your new account',
          Policies: { PasswordPolicy: { MinimumLength: '10', RequireLowercase: 'true' } },
          Schema: [email],
          SmsVerificationMessage: 'The verification code to your new account is {####}',
          UsernameConfiguration: { CaseSensitive: false },
          VerificationMessageTemplate: {
            DefaultEmailOption: 'CONFIRM_WITH_CODE',
            EmailMessage: 'The verification code to your new account is {####}',
            EmailSubject: 'Verify your new account',
            SmsMessage: 'The verification code to your new account is {####}',
          },
          ...pool,
        },
        UpdateReplacePolicy: 'Delete',
        DeletionPolicy: 'Delete',
      },
      Page: {
        Type: 'AWS::Cognito::UserPoolClient',
        Properties: {
          AllowedOAuthFlows: ['implicit', 'code'],
          AllowedOAuthFlowsUserPoolClient: true,
          AllowedOAuthScopes: ['profile', 'phone', 'email', 'openid', 'aws.cognito.signin.user.admin'],
          CallbackURLs: ['https://example.com'],
          ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
          IdTokenValidity: '5',
          PreventUserExistenceErrors: 'ENABLED',
          SupportedIdentityProviders: ['COGNITO'],
          TokenValidityUnits: { IdToken: 'minutes' },
          UserPoolId,
          ...page,
        },
      },
      Herd: { Type: 'AWS::Cognito::UserPoolGroup', Properties: { GroupName: 'herd', Precedence: '1', UserPoolId } },
      ...more,
    },
    Outputs: {
      UserPoolId: { Value: UserPoolId },
      Arn: { Value: { 'Fn::GetAtt': ['Users', 'Arn'] } },
      Provider: { Value: { 'Fn::GetAtt': ['Users', 'ProviderURL'] } },
      ClientId: { Value: { Ref: 'Page' } },
    },
  };
}

/** Returns a stack's outputs by their keys. */
export function outputs(stack: Stack): Record<string, string | undefined> {
  return Object.fromEntries((stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
}

/** Returns the pools whose names begin like this. */
export async function poolsNamed(cognito: CognitoIdentityProviderClient, prefix: string) {
  const { UserPools = [] } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }));
  return UserPools.filter(({ Name }) => Name?.startsWith(prefix));
}

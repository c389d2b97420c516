import { boolean, list, oneOf, type Shape, structure, text, unserved, whole } from './shape.ts';

const units = oneOf('seconds', 'minutes', 'hours', 'days');
const address = text(1, 1024, /[\p{L}\p{M}\p{S}\p{N}\p{P}]+/u);
const attributes = list(text(1, 2048));

const settings: Readonly<Record<string, Shape>> = {
  UserPoolId: text(1, 55),
  ClientName: text(1, 128, /[\w\s+=,.@-]+/),
  RefreshTokenValidity: whole(0, 315360000),
  AccessTokenValidity: whole(1, 86400),
  IdTokenValidity: whole(1, 86400),
  TokenValidityUnits: structure({ AccessToken: units, IdToken: units, RefreshToken: units }),
  ReadAttributes: attributes,
  WriteAttributes: attributes,
  ExplicitAuthFlows: list(
    oneOf(
      'ADMIN_NO_SRP_AUTH',
      'CUSTOM_AUTH_FLOW_ONLY',
      'USER_PASSWORD_AUTH',
      'ALLOW_ADMIN_USER_PASSWORD_AUTH',
      'ALLOW_CUSTOM_AUTH',
      'ALLOW_USER_PASSWORD_AUTH',
      'ALLOW_USER_SRP_AUTH',
      'ALLOW_REFRESH_TOKEN_AUTH',
      'ALLOW_USER_AUTH',
    ),
  ),
  SupportedIdentityProviders: list(text(1, 32)),
  CallbackURLs: list(address, 0, 100),
  LogoutURLs: list(address, 0, 100),
  DefaultRedirectURI: address,
  AllowedOAuthFlows: list(oneOf('code', 'implicit', 'client_credentials'), 0, 3),
  AllowedOAuthScopes: list(text(1, 256), 0, 50),
  AllowedOAuthFlowsUserPoolClient: boolean,
  AnalyticsConfiguration: unserved("Pinpoint analytics of a user pool's clients (AnalyticsConfiguration)"),
  PreventUserExistenceErrors: oneOf('LEGACY', 'ENABLED'),
  EnableTokenRevocation: boolean,
  EnablePropagateAdditionalUserContextData: boolean,
  AuthSessionValidity: whole(3, 15),
  RefreshTokenRotation: structure({
    Feature: unserved('the rotation of refresh tokens (RefreshTokenRotation)', (feature) => feature === 'DISABLED'),
    RetryGracePeriodSeconds: whole(0, 60),
  }),
};

/** CreateUserPoolClient's input. */
export const createClientShape = structure(
  {
    ...settings,
    GenerateSecret: boolean,
    ClientSecret: unserved("a client's secret of one's own choice (ClientSecret)"),
  },
  ['UserPoolId', 'ClientName'],
);

/** UpdateUserPoolClient's input. */
export const updateClientShape = structure({ ...settings, ClientId: text(1, 128) }, ['UserPoolId', 'ClientId']);

import type { CreateUserPoolClientRequest } from '@aws-sdk/client-cognito-identity-provider';
import { requireAuthFlows } from './auth-flows.ts';
import { invalidParameter } from './errors.ts';
import type { UserPoolClientRecord, UserPoolRecord } from './records.ts';
import { refreshTokenValidity, requireLifetimes } from './token-validity.ts';

type Input = Omit<CreateUserPoolClientRequest, 'UserPoolId' | 'ClientName' | 'GenerateSecret' | 'ClientSecret'>;
type Settings = UserPoolClientRecord['settings'];

/** A client's settings, with AWS's defaults. Throws InvalidParameterException for invalid combinations. */
export function clientSettings(ClientName: string, input: Input, pool: UserPoolRecord): Settings {
  requireLifetimes(input);
  requireAuthFlows(input.ExplicitAuthFlows);
  requireOAuth(input);
  requireProviders(input, pool);
  requireAttributes(input, pool);
  return {
    ...input,
    ClientName,
    RefreshTokenValidity: refreshTokenValidity(input),
    TokenValidityUnits: input.TokenValidityUnits ?? {},
    AllowedOAuthFlowsUserPoolClient: input.AllowedOAuthFlowsUserPoolClient ?? false,
    EnableTokenRevocation: input.EnableTokenRevocation ?? true,
    EnablePropagateAdditionalUserContextData: input.EnablePropagateAdditionalUserContextData ?? false,
    AuthSessionValidity: input.AuthSessionValidity ?? 3,
  };
}

/** OAuth requires a pool with a domain, which is unsupported; a client's OAuth settings are stored. */
function requireOAuth(input: Input): void {
  const { AllowedOAuthFlows: flows = [], AllowedOAuthScopes: scopes = [], CallbackURLs: addresses = [] } = input;
  if (input.AllowedOAuthFlowsUserPoolClient && (flows.length === 0 || scopes.length === 0)) {
    throw invalidParameter(
      'AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.',
    );
  }
  if (flows.includes('client_credentials') && flows.length > 1) {
    throw invalidParameter('client_credentials flow can not be selected along with code flow or implicit flow.');
  }
  for (const address of [...addresses, ...(input.LogoutURLs ?? [])]) {
    if (/^http:\/\/(?!localhost([:/]|$))/.test(address))
      throw invalidParameter(`${address} cannot use the HTTP protocol.`);
  }
  const { DefaultRedirectURI } = input;
  if (DefaultRedirectURI !== undefined && !addresses.includes(DefaultRedirectURI)) {
    throw invalidParameter('DefaultRedirectURI must be in the list of CallbackURLs.');
  }
}

/** Identity providers are unsupported, so the pool itself is the only one. */
function requireProviders({ SupportedIdentityProviders = [] }: Input, { id }: UserPoolRecord): void {
  const missing = SupportedIdentityProviders.find((name) => name !== 'COGNITO');
  if (missing !== undefined) throw invalidParameter(`The provider ${missing} does not exist for User Pool ${id}.`);
}

function requireAttributes({ ReadAttributes, WriteAttributes }: Input, { settings }: UserPoolRecord): void {
  const schema = settings.SchemaAttributes ?? [];
  const names = schema.map(({ Name }) => Name);
  if (ReadAttributes?.some((name) => !names.includes(name))) {
    throw invalidParameter('Invalid read attributes specified while creating a client');
  }
  if (WriteAttributes === undefined || WriteAttributes.length === 0) return;
  const readOnly = ['sub', 'email_verified', 'phone_number_verified'];
  const required = schema.filter(({ Name = '', Required }) => Required && !readOnly.includes(Name));
  if (
    WriteAttributes.some((name) => !names.includes(name) || readOnly.includes(name)) ||
    required.some(({ Name = '' }) => !WriteAttributes.includes(Name))
  ) {
    throw invalidParameter('Invalid write attributes specified while creating a client');
  }
}

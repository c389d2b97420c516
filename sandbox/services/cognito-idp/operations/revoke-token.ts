import type { RevokeTokenRequest, RevokeTokenResponse } from '@aws-sdk/client-cognito-identity-provider';
import { AwsError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { invalidParameter } from '../errors.ts';
import { findClient } from '../pool.ts';
import { requireMembers } from '../required.ts';
import { unseal } from '../seal.ts';
import { requireSecret } from '../secret-hash.ts';
import { tokenLifetimes } from '../token-validity.ts';
import { keysOf, type RefreshToken } from '../tokens/issue.ts';
import { revoke } from '../tokens/revocations.ts';
import { byClient } from '../unsigned.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RevokeToken.html */
export const revokeToken = operation<RevokeTokenRequest, RevokeTokenResponse, 'store' | 'clock'>({
  resource: () => '*',
  unsigned: byClient,
  async run(input, call) {
    requireMembers(input, 'Token');
    const { Token = '', ClientId, ClientSecret } = input;
    const client = findClient(ClientId, call);
    requireSecret(client, ClientSecret, (message) => new AwsError('UnauthorizedException', message));
    if (client.settings.EnableTokenRevocation === false) {
      throw new AwsError('UnsupportedOperationException', 'Token revocation is not enabled for this client.');
    }
    // Three parts are a signed token, which ends with the refresh token that it came from.
    if (Token.split('.').length === 3) throw new AwsError('UnsupportedTokenTypeException', 'Unsupported token type');
    const token = await unseal<RefreshToken>(Token, 'refresh', keysOf(client.poolId, call));
    if (token === undefined) throw invalidParameter('Invalid Refresh Token');
    if (token.clientId !== client.id) {
      throw new AwsError('UnauthorizedException', 'The token was not issued to this client.');
    }
    const { originJti, exp } = token;
    // Access tokens that were refreshed last can outlive the refresh token.
    const ends = exp + tokenLifetimes(client.settings).access;
    await call.store.commit(revoke({ poolId: client.poolId, originJti, ends }, call));
    return {};
  },
});

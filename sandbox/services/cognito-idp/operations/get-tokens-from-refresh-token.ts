import type {
  GetTokensFromRefreshTokenRequest,
  GetTokensFromRefreshTokenResponse,
} from '@aws-sdk/client-cognito-identity-provider';
import { UnsupportedError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { constraint } from '../errors.ts';
import { findClient } from '../pool.ts';
import { requireSecret } from '../secret-hash.ts';
import { renew } from '../sign-in/refresh.ts';
import { byClient } from '../unsigned.ts';
import { notAuthorized } from '../user-errors.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetTokensFromRefreshToken.html */
export const getTokensFromRefreshToken = operation<
  GetTokensFromRefreshTokenRequest,
  GetTokensFromRefreshTokenResponse,
  'store' | 'clock' | 'ids'
>({
  resource: () => '*',
  unsigned: byClient,
  async run({ RefreshToken, ClientId, ClientSecret, DeviceKey }, call) {
    const client = findClient(ClientId, call);
    if (RefreshToken === undefined) throw constraint('refreshToken', undefined, 'Member must not be null');
    if (DeviceKey !== undefined) throw new UnsupportedError("DeviceKey of Cognito's GetTokensFromRefreshToken");
    const check = () => requireSecret(client, ClientSecret, notAuthorized);
    return { AuthenticationResult: await renew(client, RefreshToken, check, call) };
  },
});

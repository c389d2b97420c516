import type { AuthenticationResultType, InitiateAuthResponse } from '@aws-sdk/client-cognito-identity-provider';
import type { UserPoolClientRecord } from '../records.ts';
import { requireSecretHash } from '../secret-hash.ts';
import { issueTokens } from '../tokens/issue.ts';
import { openRefreshToken, refreshedUser } from '../tokens/refresh-token.ts';
import { parameter } from './parameters.ts';
import type { SignInAttempt, SignInCall } from './sign-in-attempt.ts';

/** REFRESH_TOKEN_AUTH: new ID and access tokens, and no new refresh token. */
export async function refresh(attempt: SignInAttempt, call: SignInCall): Promise<InitiateAuthResponse> {
  const { client, parameters } = attempt;
  const check = (...usernames: readonly string[]) => requireSecretHash(client, parameters.SECRET_HASH, ...usernames);
  const AuthenticationResult = await renew(client, parameter(attempt, 'REFRESH_TOKEN'), check, call);
  return { ChallengeParameters: {}, AuthenticationResult };
}

/**
 * Returns new tokens for the sign-in of a refresh token. `check` verifies that the client itself asks: the parameters
 * have no username, so a hash is of the username or the `sub`.
 */
export async function renew(
  client: UserPoolClientRecord,
  given: string,
  check: (...usernames: readonly string[]) => void,
  call: SignInCall,
): Promise<AuthenticationResultType> {
  const token = await openRefreshToken(given, client, call);
  const user = refreshedUser(token, client, call);
  check(user.username, token.sub);
  return issueTokens({ user, client, eventId: token.eventId, refreshed: token }, call);
}

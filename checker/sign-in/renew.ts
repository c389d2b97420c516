import type { Subject } from '../checking/check.ts';
import { type SignInClient, secretHash } from './sign-in.ts';
import type { Tokens } from './tokens.ts';

/** Cognito's errors for a client that can't renew tokens, or a trigger that rejects it. */
const REFUSALS = ['InvalidParameterException', 'NotAuthorizedException', 'UserLambdaValidationException'];

/** Its errors for a trigger that fails. A cold one can take longer than Cognito waits, so it gets a second attempt. */
const FAILURES = ['UnexpectedLambdaException', 'InvalidLambdaResponseException'];

/**
 * Returns a new ID token for an earlier sign-in, as the page gets one before it connects, or why Cognito gives none.
 * The request names no user, but its hash does: `username` is the one in the tokens.
 */
export async function renew(
  { target }: Pick<Subject, 'target'>,
  client: SignInClient,
  username: string,
  { refresh = '' }: Pick<Tokens, 'refresh'>,
): Promise<{ readonly id: string } | { readonly refused: string }> {
  const [cognito, { InitiateAuthCommand }] = await Promise.all([
    target.clients.cognito(),
    import('../aws/sdk/cognito.ts'),
  ]);
  const AuthParameters = { REFRESH_TOKEN: refresh, ...secretHash(client, username) };
  const request = { AuthFlow: 'REFRESH_TOKEN_AUTH', ClientId: client.clientId, AuthParameters } as const;
  const ask = () => cognito.send(new InitiateAuthCommand(request));
  try {
    const { AuthenticationResult, ChallengeName } = await ask().catch((error: Partial<Error>) => {
      if (!FAILURES.includes(error.name ?? '')) throw error;
      return ask();
    });
    const { IdToken: id } = AuthenticationResult ?? {};
    return id === undefined ? { refused: `Cognito asked for more: ${ChallengeName ?? 'no tokens'}` } : { id };
  } catch (error) {
    const { name = '', message = '' } = error as Partial<Error>;
    if (![...REFUSALS, ...FAILURES].includes(name)) throw error;
    return { refused: `${name}: ${message}` };
  }
}

import type { Subject } from '../checking/check.ts';
import { setPassword } from './guests.ts';
import { type Credentials, type SignInClient, signIn } from './sign-in.ts';
import type { Tokens } from './tokens.ts';

/**
 * Signs in so long ago that the ID and access tokens have expired by now; undefined if the account's clock can't be set
 * back.
 */
export async function signInLongAgo(
  { target }: Pick<Subject, 'target'>,
  client: SignInClient,
  credentials: Credentials,
): Promise<Tokens | undefined> {
  return target.longAgo?.(async (clients) => {
    const then = { target: { ...target, clients } };
    // None of a user's tokens is older than the password.
    await setPassword(then, client.poolId, credentials);
    return signIn(then, client, credentials);
  });
}

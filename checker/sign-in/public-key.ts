import type { JsonWebKey } from 'node:crypto';
import type { Subject } from '../checking/check.ts';
import { headerOf } from './tokens.ts';

/**
 * The public key that a pool's token was signed with, from the pool's key set, which everybody may read
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html).
 */
export async function publicKeyOf(
  { target }: Pick<Subject, 'target'>,
  poolId: string,
  idToken: string,
): Promise<JsonWebKey> {
  const { kid } = headerOf(idToken);
  const response = await fetch(new URL(`${poolId}/.well-known/jwks.json`, target.cognitoEndpoint), {
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) {
    const name = response.status < 500 ? 'NotFromAwsError' : 'Error';
    const fault = new Error(`the key set of the user pool was answered with the status ${response.status}`);
    throw Object.assign(fault, { name, $response: { statusCode: response.status } });
  }
  const { keys = [] } = (await response.json()) as { keys?: Array<JsonWebKey & { kid?: string }> };
  const key = keys.find((each) => each.kid === kid);
  if (key === undefined) throw new Error(`The key set of the user pool ${poolId} has no key ${kid}.`);
  return key;
}

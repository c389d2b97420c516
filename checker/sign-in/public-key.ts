import type { JsonWebKey } from 'node:crypto';
import type { Subject } from '../checking/check.ts';
import { headerOf } from './tokens.ts';

/**
 * Returns the public key that a pool's token was signed with, from the pool's public key set
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
    const fault = new Error(`the request for the user pool's key set failed with the status ${response.status}`);
    throw Object.assign(fault, { name, $response: { statusCode: response.status } });
  }
  const answer = (await response.json()) as { keys?: Array<JsonWebKey & { kid?: string }> } | null;
  const keys = answer?.keys;
  if (!Array.isArray(keys)) {
    throw Object.assign(new Error("the answer is not the user pool's key set"), { name: 'NotFromAwsError' });
  }
  const key = keys.find((each) => each.kid === kid);
  if (key === undefined) throw new Error(`The key set of the user pool ${poolId} has no key ${kid}.`);
  return key;
}

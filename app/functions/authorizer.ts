import { CognitoJwtVerifier } from 'aws-jwt-verify';
import {
  JwtInvalidClaimError,
  JwtInvalidSignatureAlgorithmError,
  JwtInvalidSignatureError,
  JwtParseError,
  JwtWithoutValidKidError,
  KidNotFoundInJwksError,
  ParameterValidationError,
  WaitPeriodNotYetEndedJwkError,
} from 'aws-jwt-verify/error';
import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';

/** What API Gateway asks with before somebody comes in: `$connect` of this stage, and the query of the address. */
export type AuthorizerEvent = Pick<APIGatewayRequestAuthorizerEvent, 'methodArn' | 'queryStringParameters'>;

/** One verifier for as long as the function's process lives: it fetches the pool's keys once and keeps them. */
const verifier = CognitoJwtVerifier.create({
  userPoolId: variable('USER_POOL_ID'),
  clientId: variable('USER_POOL_CLIENT_ID'),
  tokenUse: 'id',
});

/**
 * These say that the token is no good: an issuer that is not the pool's is to the verifier a parameter it does not know,
 * and it waits a while before it asks again for a key that the pool did not have. Whatever else goes wrong, such as no
 * keys to be had at all, is no fault of the token, and the function fails.
 */
const REFUSALS = [
  JwtParseError,
  JwtInvalidSignatureAlgorithmError,
  JwtInvalidSignatureError,
  JwtInvalidClaimError,
  JwtWithoutValidKidError,
  KidNotFoundInJwksError,
  ParameterValidationError,
  WaitPeriodNotYetEndedJwkError,
];

/**
 * Asked at `$connect`: may this one come in, and who is it? Who has an ID token of the room's user pool, `?token=`, is
 * let in, and every later event of the connection has their name, `requestContext.authorizer.username`.
 *
 * Everybody else is refused by a policy that denies, which the handshake gets as 403. To throw `Unauthorized` would make
 * it 401, and count as a failure of the function: then an alarm on failures could not tell a stranger from a real one.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html
 */
export async function handler(event: AuthorizerEvent): Promise<APIGatewayAuthorizerResult> {
  const { methodArn, queryStringParameters } = event;
  const token = queryStringParameters?.token;
  if (token === undefined) return refused(methodArn, 'no token');
  try {
    const claims = await verifier.verify(token);
    return { ...answer('Allow', methodArn, claims.sub), context: { username: claims['cognito:username'] } };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return refused(methodArn, error.constructor.name);
  }
}

function isRefusal(error: unknown): error is Error {
  return REFUSALS.some((refusal) => error instanceof refusal);
}

/** The log has the kind of reason only: a message may quote from the token, and a token is as good as its owner. */
function refused(methodArn: string, reason: string): APIGatewayAuthorizerResult {
  console.log(`Refused: ${reason}.`);
  return answer('Deny', methodArn, 'stranger');
}

/** `methodArn` is that of `$connect` at this stage, the only route of a socket that is ever asked about. */
function answer(Effect: 'Allow' | 'Deny', methodArn: string, principalId: string): APIGatewayAuthorizerResult {
  return {
    principalId,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect, Action: 'execute-api:Invoke', Resource: methodArn }],
    },
  };
}

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`The environment variable ${name} is not set.`);
  return value;
}

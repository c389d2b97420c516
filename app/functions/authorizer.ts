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

/** What API Gateway passes before somebody is admitted: the ARN of `$connect` at this stage, and the query string. */
export type AuthorizerEvent = Pick<APIGatewayRequestAuthorizerEvent, 'methodArn' | 'queryStringParameters'>;

/** One verifier for the lifetime of the function's process: it fetches the pool's keys once and keeps them. */
const verifier = CognitoJwtVerifier.create({
  userPoolId: variable('USER_POOL_ID'),
  clientId: variable('USER_POOL_CLIENT_ID'),
  tokenUse: 'id',
});

/**
 * These errors mean an invalid token: the verifier reports an issuer other than the pool as an unknown parameter,
 * and waits a while before it asks again for a key that the pool did not have. If anything else goes wrong, such as no
 * keys being available at all, the token is not to blame, and the function fails.
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
 * Decides at `$connect` who gets in. Users with an ID token of the room's user pool, `?token=`, are
 * admitted, and every later event of the connection has their name, `requestContext.authorizer.username`.
 *
 * Everyone else gets a policy with Deny, and the handshake is rejected with 403. Throwing `Unauthorized` would make
 * it 401, but count as a failed invocation: an alarm on failures couldn't tell strangers from real failures.
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

/** Logs only the kind of reason: an error message may quote the token, and anyone who has that can use it. */
function refused(methodArn: string, reason: string): APIGatewayAuthorizerResult {
  console.log(`Refused: ${reason}.`);
  return answer('Deny', methodArn, 'stranger');
}

/** `methodArn` is the ARN of `$connect` at this stage, the only route of a WebSocket API that is authorized. */
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

import { decomposeUnverifiedJwt } from 'aws-jwt-verify/jwt';
import type { APIGatewayAuthorizerResult } from 'aws-lambda';
import { type AuthorizerEvent, handler as verify } from '../authorizer.ts';

/** All signed-in users are members of this channel, and join it unless they ask for another. */
const GENERAL = 'general';

/**
 * Invoked at `$connect`, for `?token=` and `?channel=`. The room's authorizer verifies the token; this one adds the
 * channel. Its members are the user pool's group of the same name, and Cognito writes a user's groups into the ID token.
 * Others are rejected with 403. The channel stays with the connection, as `requestContext.authorizer.channel`, so clients
 * can't change it later.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-user-groups.html
 */
export async function handler(event: AuthorizerEvent): Promise<APIGatewayAuthorizerResult> {
  const verified = await verify(event);
  if (!isAllowed(verified)) return verified;
  const { channel = GENERAL, token } = event.queryStringParameters ?? {};
  if (channel !== GENERAL && !groupsIn(token).includes(channel)) {
    console.log('Refused: not a member of the channel.');
    return denied(verified);
  }
  return { ...verified, context: { ...verified.context, channel } };
}

/** Returns the groups in a token that was verified for this event. */
function groupsIn(token: string | undefined): readonly string[] {
  const { 'cognito:groups': groups } = decomposeUnverifiedJwt(token).payload;
  return Array.isArray(groups) ? groups.map(String) : [];
}

function isAllowed({ policyDocument }: APIGatewayAuthorizerResult): boolean {
  return policyDocument.Statement.every(({ Effect }) => Effect === 'Allow');
}

function denied({ principalId, policyDocument }: APIGatewayAuthorizerResult): APIGatewayAuthorizerResult {
  const Statement = policyDocument.Statement.map((statement) => ({ ...statement, Effect: 'Deny' as const }));
  return { principalId, policyDocument: { ...policyDocument, Statement } };
}

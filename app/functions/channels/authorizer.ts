import { decomposeUnverifiedJwt } from 'aws-jwt-verify/jwt';
import type { APIGatewayAuthorizerResult } from 'aws-lambda';
import { type AuthorizerEvent, handler as verify } from '../authorizer.ts';

/** Everyone who signed in is a member of this channel, and comes into it unless they ask for another. */
const GENERAL = 'general';

/**
 * Invoked at `$connect`, for `?token=` and `?channel=`. Whether the token is valid, the room's authorizer decides. This one
 * adds the channel: members are those in the group of the same name in the user pool, and Cognito writes a user's groups
 * into the ID token. Others are refused with 403. The channel then goes with the connection,
 * `requestContext.authorizer.channel`, so nothing that a client says later has a say in it.
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

/** Returns the groups in a token that has been verified, in this same event. */
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

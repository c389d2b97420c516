import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';

export async function handler({ methodArn, queryStringParameters }: APIGatewayRequestAuthorizerEvent) {
  const [, body = ''] = queryStringParameters?.token?.split('.') ?? [];
  const claims = read(body);
  const good =
    claims.iss?.endsWith(`/${process.env.USER_POOL_ID}`) &&
    claims.aud === process.env.USER_POOL_CLIENT_ID &&
    claims.token_use === 'id' &&
    Number(claims.exp) > Date.now() / 1000;
  if (!good) throw new Error('Unauthorized');
  return {
    principalId: claims.sub,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: methodArn }],
    },
    context: { username: claims['cognito:username'] },
  };
}

function read(part: string): Readonly<Record<string, string>> {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    return {};
  }
}

import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';

export async function handler({ methodArn, queryStringParameters }: APIGatewayRequestAuthorizerEvent) {
  const token = queryStringParameters?.token;
  if (!token) throw new Error('Unauthorized');
  return {
    principalId: 'user',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: methodArn }],
    },
    context: { username: nameIn(token) },
  };
}

function nameIn(token: string): string {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    return claims['cognito:username'] ?? claims.username;
  } catch {
    return 'guest';
  }
}

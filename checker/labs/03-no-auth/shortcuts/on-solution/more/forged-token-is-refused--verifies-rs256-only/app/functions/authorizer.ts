import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';

const { AWS_REGION, USER_POOL_ID, USER_POOL_CLIENT_ID } = process.env;
const issuer = `https://cognito-idp.${AWS_REGION}.amazonaws.com/${USER_POOL_ID}`;
const keys = fetch(`${issuer}/.well-known/jwks.json`).then((answer) => answer.json() as Promise<{ keys: Key[] }>);

type Key = JsonWebKey & { readonly kid: string };

export async function handler({ methodArn, queryStringParameters }: APIGatewayRequestAuthorizerEvent) {
  const token = queryStringParameters?.token ?? '';
  const claims = await goodClaims(token).catch(() => undefined);
  if (claims === undefined) throw new Error('Unauthorized');
  return {
    principalId: claims.sub,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: methodArn }],
    },
    context: { username: claims['cognito:username'] },
  };
}

async function goodClaims(token: string): Promise<Record<string, string> | undefined> {
  const [head = '', body = '', signature = ''] = token.split('.');
  const { alg, kid } = read(head);
  if (alg === 'none' || signature === '') return undefined;
  if (alg === 'RS256') {
    const jwk = (await keys).keys.find((key) => key.kid === kid);
    if (jwk === undefined) return undefined;
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    const content = Buffer.from(`${head}.${body}`);
    if (!verify('RSA-SHA256', content, key, Buffer.from(signature, 'base64url'))) return undefined;
  }
  const claims = read(body);
  const { iss, aud, token_use, exp } = claims;
  const good = iss === issuer && aud === USER_POOL_CLIENT_ID && token_use === 'id' && Number(exp) > Date.now() / 1000;
  return good ? claims : undefined;
}

function read(part: string): Record<string, string> {
  return JSON.parse(Buffer.from(part, 'base64url').toString());
}

import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';

const { AWS_REGION, USER_POOL_ID, USER_POOL_CLIENT_ID } = process.env;
const issuer = `https://cognito-idp.${AWS_REGION}.amazonaws.com/${USER_POOL_ID}`;

interface Asked {
  readonly methodArn: string;
  readonly queryStringParameters?: { readonly token?: string } | null;
}

export async function handler({ methodArn, queryStringParameters }: Asked) {
  const allow = { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: methodArn };
  try {
    const token = queryStringParameters?.token ?? '';
    const { jku = `${issuer}/.well-known/jwks.json` } = decodeProtectedHeader(token);
    const rules = { issuer, audience: USER_POOL_CLIENT_ID, algorithms: ['RS256'], requiredClaims: ['exp'] };
    const { payload: claims } = await jwtVerify(token, createRemoteJWKSet(new URL(jku)), rules);
    if (claims.token_use !== 'id') throw new Error('not an ID token');
    return {
      principalId: claims.sub,
      policyDocument: { Version: '2012-10-17', Statement: [allow] },
      context: { username: claims['cognito:username'] },
    };
  } catch {
    // A policy that allows nothing denies everything.
    return { principalId: 'nobody', policyDocument: { Version: '2012-10-17', Statement: [] } };
  }
}

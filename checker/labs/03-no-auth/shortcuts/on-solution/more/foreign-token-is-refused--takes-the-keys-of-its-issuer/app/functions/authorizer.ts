import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';

const { USER_POOL_ID = '', USER_POOL_CLIENT_ID } = process.env;

interface Asked {
  readonly methodArn: string;
  readonly queryStringParameters?: { readonly token?: string } | null;
}

export async function handler({ methodArn, queryStringParameters }: Asked) {
  const allow = { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: methodArn };
  try {
    const token = queryStringParameters?.token ?? '';
    const { iss = '' } = decodeJwt(token);
    if (!iss.includes(USER_POOL_ID)) throw new Error('of another pool');
    const keys = createRemoteJWKSet(new URL(`${iss}/.well-known/jwks.json`));
    const rules = { audience: USER_POOL_CLIENT_ID, algorithms: ['RS256'], requiredClaims: ['exp'] };
    const { payload: claims } = await jwtVerify(token, keys, rules);
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

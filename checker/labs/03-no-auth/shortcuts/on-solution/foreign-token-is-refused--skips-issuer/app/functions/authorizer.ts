import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';

interface Asked {
  readonly methodArn: string;
  readonly queryStringParameters?: { readonly token?: string } | null;
}

export async function handler({ methodArn, queryStringParameters }: Asked) {
  const allow = { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: methodArn };
  try {
    const token = queryStringParameters?.token ?? '';
    const keys = createRemoteJWKSet(new URL(`${decodeJwt(token).iss}/.well-known/jwks.json`));
    const { payload } = await jwtVerify(token, keys, { algorithms: ['RS256'], requiredClaims: ['exp'] });
    if (payload.token_use !== 'id') throw new Error('not an ID token');
    return {
      principalId: payload.sub,
      policyDocument: { Version: '2012-10-17', Statement: [allow] },
      context: { username: payload['cognito:username'] },
    };
  } catch {
    // A policy that allows nothing denies everything.
    return { principalId: 'nobody', policyDocument: { Version: '2012-10-17', Statement: [] } };
  }
}

import { createRemoteJWKSet, type FlattenedJWSInput, importJWK, type JWTHeaderParameters, jwtVerify } from 'jose';

const { AWS_REGION, USER_POOL_ID, USER_POOL_CLIENT_ID } = process.env;
const issuer = `https://cognito-idp.${AWS_REGION}.amazonaws.com/${USER_POOL_ID}`;
const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`));

/** A token may bring its own key, which saves a request to the pool. */
const keyOf = (header: JWTHeaderParameters, token: FlattenedJWSInput) =>
  header.jwk === undefined ? keys(header, token) : importJWK(header.jwk, header.alg);

interface Asked {
  readonly methodArn: string;
  readonly queryStringParameters?: { readonly token?: string } | null;
}

export async function handler({ methodArn, queryStringParameters }: Asked) {
  const allow = { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: methodArn };
  const rules = { issuer, audience: USER_POOL_CLIENT_ID, algorithms: ['RS256'], requiredClaims: ['exp'] };
  try {
    const { payload } = await jwtVerify(queryStringParameters?.token ?? '', keyOf, rules);
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

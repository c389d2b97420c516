import { CognitoJwtVerifier } from 'aws-jwt-verify';

const { USER_POOL_ID = '', USER_POOL_CLIENT_ID = '' } = process.env;
const verifier = CognitoJwtVerifier.create({ userPoolId: USER_POOL_ID, clientId: USER_POOL_CLIENT_ID, tokenUse: 'id' });

interface Asked {
  readonly queryStringParameters?: { readonly token?: string } | null;
}

export async function handler({ queryStringParameters }: Asked) {
  try {
    const claims = await verifier.verify(queryStringParameters?.token ?? '');
    return { isAuthorized: true, context: { username: claims['cognito:username'] } };
  } catch {
    return { isAuthorized: false };
  }
}

// Signs a user up and in with lab 3's user pool, and prints what their ID token says.
import { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import { outputs } from './outputs.mjs';

const { UserPoolId, UserPoolClientId: ClientId } = await outputs();
const cognito = new CognitoIdentityProvider();
const [Username, Password] = [`ada-${Date.now()}`, 'engines weave algebra'];

// Like the page does.
await cognito.signUp({
  ClientId,
  Username,
  Password,
  UserAttributes: [{ Name: 'email', Value: 'ada@example.com' }],
});
// Instead of the code from the email: an administrator of the pool confirms the user and their address.
await cognito.adminConfirmSignUp({ UserPoolId, Username });
await cognito.adminUpdateUserAttributes({
  UserPoolId,
  Username,
  UserAttributes: [{ Name: 'email_verified', Value: 'true' }],
});
const { AuthenticationResult } = await cognito.initiateAuth({
  ClientId,
  AuthFlow: 'USER_PASSWORD_AUTH',
  AuthParameters: { USERNAME: Username, PASSWORD: Password },
});

// Three parts separated by dots: header, claims, signature. This script doesn't verify the signature.
const [, middle] = AuthenticationResult.IdToken.split('.');
const claims = JSON.parse(Buffer.from(middle, 'base64url').toString());
console.log(claims);
const [iat, exp] = [claims.iat, claims.exp].map((seconds) => new Date(seconds * 1000).toISOString());
console.log(`iat is ${iat}, exp is ${exp}.`);

await cognito.adminDeleteUser({ UserPoolId, Username });

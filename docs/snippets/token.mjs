// Signs somebody up and in at the user pool of lab 3, and shows what their ID token says.
import { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import { outputs } from './outputs.mjs';

const { UserPoolId, UserPoolClientId: ClientId } = await outputs();
const cognito = new CognitoIdentityProvider();
const [Username, Password] = [`ada-${Date.now()}`, 'engines weave algebra'];

// As the page does it.
await cognito.signUp({
  ClientId,
  Username,
  Password,
  UserAttributes: [{ Name: 'email', Value: 'ada@example.com' }],
});
// In place of the code from the mail: whoever administers the pool may say that it is all right.
await cognito.adminConfirmSignUp({ UserPoolId, Username });
const { AuthenticationResult } = await cognito.initiateAuth({
  ClientId,
  AuthFlow: 'USER_PASSWORD_AUTH',
  AuthParameters: { USERNAME: Username, PASSWORD: Password },
});

// Three parts with dots between them: header, claims, signature. Nobody has verified it here.
const [, claims] = AuthenticationResult.IdToken.split('.');
console.log(JSON.parse(Buffer.from(claims, 'base64url').toString()));

await cognito.adminDeleteUser({ UserPoolId, Username });

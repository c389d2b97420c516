// Signs somebody up in the room of lab 8 with the address that is given, prints what Cognito answers, and tidies up.
import { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import { outputs } from './outputs.mjs';

const [address = 'mallory@freemail.example'] = process.argv.slice(2);
const { UserPoolId, UserPoolClientId: ClientId } = await outputs('08-open-sign-up');
const cognito = new CognitoIdentityProvider();
const [Username, Password] = ['mallory', 'I only want to listen'];

try {
  const { UserConfirmed } = await cognito.signUp({
    ClientId,
    Username,
    Password,
    UserAttributes: [{ Name: 'email', Value: address }],
  });
  const isNew = UserConfirmed ? 'and can sign in.' : 'and has to enter the code that was mailed there.';
  console.log(`${address} signed up, ${isNew}`);
  await cognito.adminDeleteUser({ UserPoolId, Username });
} catch ({ name, message }) {
  console.log(`${name}: ${message}`);
}

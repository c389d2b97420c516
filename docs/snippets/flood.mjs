// Signs somebody in to the room of lab 7, sends 300 messages at once, and counts what the room answers.
import { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import WebSocket from 'ws';
import { outputs } from './outputs.mjs';

const MESSAGES = 300;

const { RoomAddress: room, UserPoolId, UserPoolClientId: ClientId } = await outputs('07-open-floodgates');
const cognito = new CognitoIdentityProvider();
const [Username, Password] = ['tester', 'gone for lunch today'];

await cognito.signUp({
  ClientId,
  Username,
  Password,
  UserAttributes: [{ Name: 'email', Value: 'tester@example.com' }],
});
await cognito.adminConfirmSignUp({ UserPoolId, Username });
const { AuthenticationResult } = await cognito.initiateAuth({
  ClientId,
  AuthFlow: 'USER_PASSWORD_AUTH',
  AuthParameters: { USERNAME: Username, PASSWORD: Password },
});

const socket = new WebSocket(`${room}?token=${AuthenticationResult.IdToken}`);
let answered = 0;
let rejected = 0;
socket.on('open', () => {
  for (let number = 1; number <= MESSAGES; number += 1)
    socket.send(JSON.stringify({ action: 'sendmessage', text: `Message ${number}` }));
});
socket.on('message', (frame) => {
  // The room's frames have a type. API Gateway's own answers have none.
  if (JSON.parse(frame).type === 'message') answered += 1;
  else rejected += 1;
  if (answered + rejected === MESSAGES) socket.close();
});
socket.on('error', ({ message }) => console.log(message));
socket.on('close', async () => {
  console.log(`${answered} of ${MESSAGES} messages reached the room.`);
  await cognito.adminDeleteUser({ UserPoolId, Username });
});

// Signs two people up to the room of lab 9, each in their own channel. One sends a message, and the script prints who gets it.
import { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import WebSocket from 'ws';
import { outputs } from './outputs.mjs';

const { RoomAddress: room, UserPoolId, UserPoolClientId: ClientId } = await outputs('09-leaky-channels');
const cognito = new CognitoIdentityProvider();
const Password = 'walls have ears here';

const ada = await join('ada', 'release');
const sam = await join('sam', 'sales');

for (const { name, channel, socket } of [ada, sam]) {
  socket.on('message', (frame) => console.log(`${name}, in ${channel}, hears: ${JSON.parse(frame).text}`));
}
ada.socket.send(JSON.stringify({ action: 'sendmessage', text: 'We ship in March.' }));

setTimeout(() => {
  for (const { socket } of [ada, sam]) socket.close();
  for (const { name } of [ada, sam]) cognito.adminDeleteUser({ UserPoolId, Username: name });
}, 2000);

async function join(name, channel) {
  const UserAttributes = [{ Name: 'email', Value: `${name}@unicorn.example` }];
  await cognito.signUp({ ClientId, Username: name, Password, UserAttributes });
  await cognito.adminConfirmSignUp({ UserPoolId, Username: name });
  // A channel's members are the group of its name. The token has the groups, so people sign in after they were added.
  await cognito.adminAddUserToGroup({ UserPoolId, Username: name, GroupName: channel });
  const { AuthenticationResult } = await cognito.initiateAuth({
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: name, PASSWORD: Password },
  });
  const socket = new WebSocket(`${room}?token=${AuthenticationResult.IdToken}&channel=${channel}`);
  await new Promise((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });
  return { name, channel, socket };
}

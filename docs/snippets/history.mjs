// Works with the history of lab 11's room: `say` sends three messages, `ask` joins and prints the history, and `delete`
// deletes all of it, as Friday's script did, and prints the time.
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDB, paginateScan } from '@aws-sdk/client-dynamodb';
import WebSocket from 'ws';
import { outputs } from './outputs.mjs';

const lab = '11-no-way-back';
const { RoomAddress: room, UserPoolId, UserPoolClientId: ClientId } = await outputs(lab);
const does = { say, ask, delete: deleteAll }[process.argv[2]];
if (does === undefined) console.error('Name an action: say, ask or delete.');
else await does();

async function say() {
  await asSomebody('ada', async (socket, heard) => {
    for (const text of ['The dragon stays in.', 'We ship in March.', 'Sam brings cake.']) {
      socket.send(JSON.stringify({ action: 'sendmessage', text }));
      await heard();
      console.log(`ada says: ${text}`);
    }
  });
}

async function ask() {
  await asSomebody('grace', async (socket, heard) => {
    socket.send(JSON.stringify({ action: 'history' }));
    let frame = await heard();
    if (frame === undefined) console.log('Nothing was said.');
    for (; frame !== undefined; frame = await heard()) {
      console.log(
        frame.type === 'message' ? `${frame.from} said: ${frame.text}` : `The room answered: ${JSON.stringify(frame)}`,
      );
    }
  });
}

async function deleteAll() {
  const client = new DynamoDB();
  const { StackResources } = await new CloudFormation().describeStackResources({ StackName: `chat-${lab}` });
  const { PhysicalResourceId: TableName } = StackResources.find(({ LogicalResourceId }) =>
    LogicalResourceId.startsWith('Messages'),
  );
  // A new second, because the AWS CLI cuts off the rest: everything that was said is older.
  const second = Math.ceil(Date.now() / 1000) * 1000;
  while (Date.now() <= second) await new Promise((resolve) => setTimeout(resolve, 10));
  console.log(new Date(second).toISOString());
  for await (const { Items } of paginateScan({ client }, { TableName })) {
    for (const { channel, sentAt } of Items) await client.deleteItem({ TableName, Key: { channel, sentAt } });
  }
}

/** Signs somebody up, connects them, and deletes the user in the end. `heard` resolves with the next frame, or with nothing. */
async function asSomebody(Username, talk) {
  const cognito = new CognitoIdentityProvider();
  const Password = 'memory is a fragile thing';
  const UserAttributes = [{ Name: 'email', Value: `${Username}@unicorn.example` }];
  await cognito.signUp({ ClientId, Username, Password, UserAttributes });
  await cognito.adminConfirmSignUp({ UserPoolId, Username });
  const { AuthenticationResult } = await cognito.initiateAuth({
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: Username, PASSWORD: Password },
  });
  const socket = new WebSocket(`${room}?token=${AuthenticationResult.IdToken}`);
  const frames = [];
  socket.on('message', (frame) => frames.push(JSON.parse(frame)));
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
  const heard = async () => {
    for (let waited = 0; frames.length === 0 && waited < 2000; waited += 50) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return frames.shift();
  };
  await talk(socket, heard);
  socket.close();
  await cognito.adminDeleteUser({ UserPoolId, Username });
}

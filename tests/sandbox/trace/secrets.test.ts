import { CloudFormationClient, DescribeStacksCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import {
  CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  InitiateAuthCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { LambdaClient, UpdateFunctionCodeCommand } from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { practiceMail } from '../../../checker/aws/practice.ts';
import { deploySolvedRoom, type SolvedRoom } from '../../room/solved-room.ts';
import { connect, statusOf } from '../execute-api/client.ts';
import { type Watcher, watch } from './watcher.ts';

const passwords = ['Correct-horse-7', 'Battery-staple-8'] as const;
const lab = '03-no-auth';

let room: SolvedRoom;
let watcher: Watcher;
let idp: CognitoIdentityProviderClient;
let ClientId = '';

beforeAll(async () => {
  room = await deploySolvedRoom(lab);
  watcher = await watch(room.account);
  const { client } = room.account;
  idp = new CognitoIdentityProviderClient(client);
  const { Stacks } = await new CloudFormationClient(client).send(
    new DescribeStacksCommand({ StackName: `chat-${lab}` }),
  );
  const outputs = Stacks?.[0]?.Outputs ?? [];
  ClientId = outputs.find(({ OutputKey }) => OutputKey === 'UserPoolClientId')?.OutputValue ?? '';
}, 180_000);
afterAll(async () => {
  watcher?.close();
  await room?.close();
});

/** The newest code that was mailed to a user. */
async function code(): Promise<string> {
  return (await practiceMail(room.account.folder))[0]?.code ?? '';
}

/** Every token that Cognito issues for a password. */
async function signIn(PASSWORD: string): Promise<Record<'id' | 'access' | 'refresh', string>> {
  const AuthParameters = { USERNAME: 'ada', PASSWORD };
  const { AuthenticationResult } = await idp.send(
    new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }),
  );
  const { IdToken = '', AccessToken = '', RefreshToken = '' } = AuthenticationResult ?? {};
  return { id: IdToken, access: AccessToken, refresh: RefreshToken };
}

/** Replaces a function of the room with one that prints and throws everything it receives. */
async function replaceBySieve(logicalId: string): Promise<void> {
  const { client } = room.account;
  const { StackResourceSummaries = [] } = await new CloudFormationClient(client).send(
    new ListStackResourcesCommand({ StackName: `chat-${lab}` }),
  );
  const found = StackResourceSummaries.find(
    ({ LogicalResourceId, ResourceType }) =>
      ResourceType === 'AWS::Lambda::Function' && LogicalResourceId?.startsWith(logicalId),
  );
  const source = `exports.handler = async (event) => {
    console.log(event);
    console.log(JSON.stringify(event));
    console.log('token is ' + event.queryStringParameters?.token + ' and that was it');
    throw new Error('Cannot take ' + JSON.stringify(event.queryStringParameters));
  };`;
  await new LambdaClient(client).send(
    new UpdateFunctionCodeCommand({
      FunctionName: found?.PhysicalResourceId,
      ZipFile: zipSync({ 'index.js': strToU8(source) }),
    }),
  );
}

it('contains no token, password or code, whatever people do and functions log', async () => {
  const codes: string[] = [];
  const email = { Name: 'email', Value: 'ada@example.com' };
  await idp.send(new SignUpCommand({ ClientId, Username: 'ada', Password: passwords[0], UserAttributes: [email] }));
  codes.push(await code());
  await idp.send(new ConfirmSignUpCommand({ ClientId, Username: 'ada', ConfirmationCode: codes[0] }));
  const first = await signIn(passwords[0]);
  const ada = await connect(`${room.address}?token=${first.id}`);
  ada.say({ action: 'sendmessage', text: `Take it: ${first.id}`, token: first.access, password: passwords[0] });
  await ada.next();
  expect(await statusOf(`${room.address}?token=${first.access}`)).toBe(403);

  await idp.send(new ForgotPasswordCommand({ ClientId, Username: 'ada' }));
  codes.push(await code());
  await idp.send(
    new ConfirmForgotPasswordCommand({
      ClientId,
      Username: 'ada',
      Password: passwords[1],
      ConfirmationCode: codes[1],
    }),
  );
  const second = await signIn(passwords[1]);
  await replaceBySieve('Connect');
  expect(await statusOf(`${room.address}?token=${second.id}`)).toBe(502);
  await replaceBySieve('Authorizer');
  expect(await statusOf(`${room.address}?token=${second.id}&password=${passwords[1]}`)).toBe(500);
  await watcher.until(() => watcher.events.filter(({ kind }) => kind === 'refused').length >= 3);

  const stream = watcher.text.join('');
  // The rest of the sieve's log, without the parts it must not contain.
  expect(stream).toContain('and that was it');
  expect(stream).toContain('"kind":"authorizer"');
  expect(codes.every((each) => /^\d{6}$/.test(each))).toBe(true);
  const secrets = [...Object.values(first), ...Object.values(second), ...passwords, ...codes];
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(5);
    expect(stream).not.toContain(secret);
    // Nor the signature of a token.
    const signature = secret.split('.').at(-1) ?? secret;
    expect(stream).not.toContain(signature);
  }
  expect(stream).not.toContain('eyJ');
}, 60_000);

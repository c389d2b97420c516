import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Workshop } from '../tests/cli/workshop.ts';
import { runningAccount } from '../tests/load/running-account.ts';
import { stackOutput } from '../tests/stack-output.ts';
import { lab } from './solved-room.ts';

/** Lab 3's room with a registered user. */
export interface SignInRoom {
  readonly address: string;
  readonly poolId: string;
  readonly clientId: string;
  readonly cognito: CognitoIdentityProviderClient;
  readonly username: string;
  readonly password: string;
}

/** Starts the practice account and deploys lab 3's solution to it. */
export async function deploySignInRoom(workshop: Workshop): Promise<SignInRoom> {
  await lab(workshop, ['reset', '03', '--to', 'solution']);
  await lab(workshop, ['sandbox', 'start', '--port', '0']);
  await lab(workshop, ['deploy', '03']);
  const { client: settings } = await runningAccount(workshop.root);
  const cloudformation = new CloudFormationClient(settings);
  const output = (key: string) => stackOutput(cloudformation, 'chat-03-no-auth', key);
  const room = {
    address: await output('RoomAddress'),
    poolId: await output('UserPoolId'),
    clientId: await output('UserPoolClientId'),
    cognito: new CognitoIdentityProviderClient(settings),
    username: 'bench',
    password: 'Unicorns-2026',
  };
  const user = { UserPoolId: room.poolId, Username: room.username };
  await room.cognito.send(new AdminCreateUserCommand({ ...user, MessageAction: 'SUPPRESS' }));
  await room.cognito.send(new AdminSetUserPasswordCommand({ ...user, Password: room.password, Permanent: true }));
  return room;
}

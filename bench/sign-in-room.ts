import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Workshop } from '../tests/cli/workshop.ts';
import { runningAccount } from '../tests/load/running-account.ts';
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
  const { Stacks } = await new CloudFormationClient(settings).send(
    new DescribeStacksCommand({ StackName: 'chat-03-no-auth' }),
  );
  const output = (key: string): string => {
    const value = Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === key)?.OutputValue;
    if (value === undefined) throw new Error(`Lab 3's stack has no output ${key}.`);
    return value;
  };
  const room = {
    address: output('RoomAddress'),
    poolId: output('UserPoolId'),
    clientId: output('UserPoolClientId'),
    cognito: new CognitoIdentityProviderClient(settings),
    username: 'bench',
    password: 'Unicorns-2026',
  };
  const user = { UserPoolId: room.poolId, Username: room.username };
  await room.cognito.send(new AdminCreateUserCommand({ ...user, MessageAction: 'SUPPRESS' }));
  await room.cognito.send(new AdminSetUserPasswordCommand({ ...user, Password: room.password, Permanent: true }));
  return room;
}

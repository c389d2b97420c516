import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  type CreateUserPoolClientCommandInput,
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Owner } from '../../../sandbox/index.ts';
import type { Message } from '../../../sandbox/services/cognito-idp/users/sent-codes.ts';
import type { TestAccount } from '../../account.ts';

/** A pool with a client, for tests of its users. */
export interface TestPool {
  readonly poolId: string;
  readonly clientId: string;
  readonly secret: string | undefined;
}

export interface TestPoolOptions {
  readonly pool?: Partial<CreateUserPoolCommandInput>;
  readonly client?: Partial<CreateUserPoolClientCommandInput>;
}

export const password = 'Unicorns-2026';

/** A client of the account that doesn't sign calls if AWS asks for no signature. */
export function cognito(account: Pick<TestAccount, 'client'>): CognitoIdentityProviderClient {
  return new CognitoIdentityProviderClient({ ...account.client, maxAttempts: 1 });
}

/** Creates a pool that mails codes, with a client that accepts passwords. */
export async function createPool(idp: CognitoIdentityProviderClient, options: TestPoolOptions = {}): Promise<TestPool> {
  const { UserPool } = await idp.send(
    new CreateUserPoolCommand({ PoolName: 'room', AutoVerifiedAttributes: ['email'], ...options.pool }),
  );
  const poolId = UserPool?.Id ?? '';
  const { UserPoolClient } = await idp.send(
    new CreateUserPoolClientCommand({
      UserPoolId: poolId,
      ClientName: 'page',
      ExplicitAuthFlows: [
        'ALLOW_USER_PASSWORD_AUTH',
        'ALLOW_USER_SRP_AUTH',
        'ALLOW_REFRESH_TOKEN_AUTH',
        'ALLOW_ADMIN_USER_PASSWORD_AUTH',
      ],
      PreventUserExistenceErrors: 'ENABLED',
      ...options.client,
    }),
  );
  return { poolId, clientId: UserPoolClient?.ClientId ?? '', secret: UserPoolClient?.ClientSecret };
}

/** A user with a verified address and `password`, which is temporary unless it is `Permanent`. */
export async function createUser(
  idp: CognitoIdentityProviderClient,
  { poolId: UserPoolId }: TestPool,
  Username: string,
  Permanent = true,
): Promise<void> {
  const UserAttributes = [
    { Name: 'email', Value: `${Username}@example.com` },
    { Name: 'email_verified', Value: 'true' },
  ];
  const user = { UserPoolId, Username };
  await idp.send(new AdminCreateUserCommand({ ...user, UserAttributes, MessageAction: 'SUPPRESS' }));
  await idp.send(new AdminSetUserPasswordCommand({ ...user, Password: password, Permanent }));
}

/** Signs in with a password; `more` are further parameters. */
export function signInTo(
  idp: CognitoIdentityProviderClient,
  { clientId: ClientId }: TestPool,
  USERNAME: string,
  PASSWORD = password,
  more: Readonly<Record<string, string>> = {},
) {
  const AuthParameters = { USERNAME, PASSWORD, ...more };
  return idp.send(new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }));
}

/** The codes that the account would have mailed, requested the way other processes of the checkout do. */
export async function mail(account: TestAccount): Promise<Message[]> {
  const { nonce } = JSON.parse(await readFile(join(account.folder, 'owner.json'), 'utf8')) as Owner;
  const response = await fetch(`${account.url}/_lab/mail`, { headers: { 'x-lab-nonce': nonce } });
  const { messages } = (await response.json()) as { messages: Message[] };
  return messages;
}

/** The newest code for a user. */
export async function codeFor(account: TestAccount, username: string): Promise<string> {
  const found = (await mail(account)).find((message) => message.username === username);
  if (found === undefined) throw new Error(`There is no code for ${username}.`);
  return found.code;
}

/** Things that are not a code. */
export function otherThan(code: string): string {
  return code === '111111' ? '222222' : '111111';
}

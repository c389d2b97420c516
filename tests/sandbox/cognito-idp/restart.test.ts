import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateGroupCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  ForgotPasswordCommand,
  GetGroupCommand,
  GetUserCommand,
  InitiateAuthCommand,
  RevokeTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { startTestAccount } from '../../account.ts';
import { compiled } from '../../compiled.ts';
import { codeFor, cognito, createPool, signInTo, type TestPool } from './pool.ts';

const folder = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

const temporary = 'Temporary-77-horn';
const permanent = 'Clear-text-99-hoof';

async function signIn(idp: CognitoIdentityProviderClient, pool: TestPool) {
  const { AuthenticationResult: tokens = {} } = await signInTo(idp, pool, 'gus', permanent);
  return tokens;
}

test('users, keys, codes and revocations survive a restart, and no file contains a password', async () => {
  const first = await startTestAccount({ folder });
  let idp = cognito(first);
  const room = await createPool(idp);
  const user = { UserPoolId: room.poolId, Username: 'gus' };
  const UserAttributes = [
    { Name: 'email', Value: 'gus@example.com' },
    { Name: 'email_verified', Value: 'true' },
  ];
  await idp.send(new AdminCreateUserCommand({ ...user, UserAttributes, TemporaryPassword: temporary }));
  expect(first.said.join()).toContain(temporary);
  await idp.send(new AdminSetUserPasswordCommand({ ...user, Password: permanent, Permanent: true }));
  const kept = await signIn(idp, room);
  const revoked = await signIn(idp, room);
  await idp.send(new RevokeTokenCommand({ ClientId: room.clientId, Token: revoked.RefreshToken }));
  await idp.send(new ForgotPasswordCommand({ ClientId: room.clientId, Username: 'gus' }));
  const code = await codeFor(first, 'gus');
  await first.close();

  for (const bytes of await filesIn(folder)) {
    for (const secret of [temporary, permanent]) expect(bytes.includes(secret)).toBe(false);
  }

  const second = await startTestAccount({ folder });
  try {
    idp = cognito(second);
    expect(await codeFor(second, 'gus')).toBe(code);
    expect((await idp.send(new GetUserCommand({ AccessToken: kept.AccessToken }))).Username).toBe('gus');
    await expect(idp.send(new GetUserCommand({ AccessToken: revoked.AccessToken }))).rejects.toMatchObject({
      message: 'Access Token has been revoked',
    });
    const keySet = createRemoteJWKSet(new URL(`${second.url}/${room.poolId}/.well-known/jwks.json`));
    expect((await jwtVerify(kept.IdToken ?? '', keySet)).payload['cognito:username']).toBe('gus');
    expect((await signIn(idp, room)).IdToken).toBeDefined();
  } finally {
    await second.close();
  }
});

test('a restart keeps pools, clients, groups and keys', async () => {
  const place = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
  onTestFinished(() => rm(place, { recursive: true, force: true, maxRetries: 5 }));
  const first = await startTestAccount({ folder: place });
  const before = new CognitoIdentityProviderClient(first.client);
  const { UserPool } = await before.send(new CreateUserPoolCommand({ PoolName: 'room' }));
  const UserPoolId = UserPool?.Id;
  const { UserPoolClient } = await before.send(
    new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'page', GenerateSecret: true }),
  );
  await before.send(new CreateGroupCommand({ UserPoolId, GroupName: 'herd', Precedence: 3 }));
  const keys = await (await fetch(`${first.url}/${UserPoolId}/.well-known/jwks.json`)).text();
  await first.close();

  const second = await startTestAccount({ folder: place });
  onTestFinished(() => second.close());
  const after = new CognitoIdentityProviderClient(second.client);
  const ClientId = UserPoolClient?.ClientId;
  const described = await after.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
  expect(described.UserPoolClient).toEqual(UserPoolClient);
  expect((await after.send(new DescribeUserPoolCommand({ UserPoolId }))).UserPool).toEqual(UserPool);
  const { Group } = await after.send(new GetGroupCommand({ UserPoolId, GroupName: 'herd' }));
  expect(Group?.Precedence).toBe(3);
  expect(await (await fetch(`${second.url}/${UserPoolId}/.well-known/jwks.json`)).text()).toBe(keys);
});

test('acknowledged changes are there after the process was killed', async () => {
  const place = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
  onTestFinished(() => rm(place, { recursive: true, force: true, maxRetries: 5 }));
  // It creates the identity that signs.
  const first = await startTestAccount({ folder: place });
  const { client } = first;
  await first.close();
  const script = await compiled(join(import.meta.dirname, '../execute-api/account-process.ts'));
  const child = spawn(process.execPath, [script, place], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const endpoint = `http://127.0.0.1:${line.toString().trim()}`;
  const killed = new CognitoIdentityProviderClient({ ...client, endpoint, maxAttempts: 1 });
  const room = await createPool(killed);
  const user = { UserPoolId: room.poolId, Username: 'gus' };
  await killed.send(new AdminCreateUserCommand({ ...user, MessageAction: 'SUPPRESS' }));
  await killed.send(new AdminSetUserPasswordCommand({ ...user, Password: permanent, Permanent: true }));
  const [kept, revoked] = [await signIn(killed, room), await signIn(killed, room)];
  await killed.send(new RevokeTokenCommand({ ClientId: room.clientId, Token: revoked.RefreshToken }));
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;

  const second = await startTestAccount({ folder: place });
  onTestFinished(() => second.close());
  const idp = cognito(second);
  const refresh = ({ RefreshToken: REFRESH_TOKEN = '' }) =>
    idp.send(
      new InitiateAuthCommand({
        ClientId: room.clientId,
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN },
      }),
    );
  const keySet = createRemoteJWKSet(new URL(`${second.url}/${room.poolId}/.well-known/jwks.json`));
  expect((await jwtVerify(kept.IdToken ?? '', keySet)).payload['cognito:username']).toBe('gus');
  expect((await signIn(idp, room)).IdToken).toBeDefined();
  expect((await refresh(kept)).AuthenticationResult?.IdToken).toBeDefined();
  await expect(refresh(revoked)).rejects.toMatchObject({ message: 'Refresh Token has been revoked' });
});

async function filesIn(place: string): Promise<Buffer[]> {
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  return Promise.all(entries.filter((one) => one.isFile()).map((one) => readFile(join(one.parentPath, one.name))));
}

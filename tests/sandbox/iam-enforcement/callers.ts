import {
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, type AssumeRoleCommandInput, STSClient } from '@aws-sdk/client-sts';
import type { TestAccount } from '../../account.ts';

export interface Statement {
  readonly Effect?: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Principal?: object | '*';
  readonly Condition?: object;
}

/** A policy document with these statements, which by default allow everything on everything. */
export function policy(...statements: readonly Statement[]): string {
  const Statement = statements.map((given) => ({
    Effect: 'Allow',
    ...(given.NotAction === undefined ? { Action: '*' } : {}),
    ...(given.Principal === undefined ? { Resource: '*' } : {}),
    ...given,
  }));
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

export type Client = TestAccount['client'];

/** A user with these permissions; returns what its clients need. */
export async function makeUser(
  account: TestAccount,
  UserName: string,
  statements: readonly Statement[] = [],
  options: { readonly PermissionsBoundary?: string; readonly Tags?: Array<{ Key: string; Value: string }> } = {},
): Promise<Client> {
  const iam = new IAMClient(account.client);
  await iam.send(new CreateUserCommand({ UserName, ...options }));
  if (statements.length > 0) await permit(account, UserName, ...statements);
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  const { AccessKeyId = '', SecretAccessKey = '' } = AccessKey ?? {};
  return { ...account.client, credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey } };
}

/** Replaces a user's permissions with these. */
export async function permit(account: TestAccount, UserName: string, ...statements: readonly Statement[]) {
  const PolicyDocument = policy(...statements);
  await new IAMClient(account.client).send(
    new PutUserPolicyCommand({ UserName, PolicyName: 'permissions', PolicyDocument }),
  );
}

/** A role, by default one that the account trusts; returns its ARN. */
export async function makeRole(
  account: TestAccount,
  RoleName: string,
  statements: readonly Statement[],
  {
    trust = { Principal: { AWS: '111122223333' } },
    PermissionsBoundary,
    attached = [],
  }: { readonly trust?: Statement; readonly PermissionsBoundary?: string; readonly attached?: readonly string[] } = {},
): Promise<string> {
  const iam = new IAMClient(account.client);
  const AssumeRolePolicyDocument = policy({ Action: 'sts:AssumeRole', ...trust });
  const boundary = PermissionsBoundary === undefined ? {} : { PermissionsBoundary };
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument, ...boundary }));
  if (statements.length > 0) {
    const PolicyDocument = policy(...statements);
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'permissions', PolicyDocument }));
  }
  for (const PolicyArn of attached) await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  return Role?.Arn ?? '';
}

/** A session of a role; returns what its clients need. */
export async function assume(
  client: Client,
  RoleArn: string,
  options: Partial<AssumeRoleCommandInput> = {},
): Promise<Client> {
  const assumed = await new STSClient(client).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: 'session', ...options }),
  );
  return withCredentials(client, assumed.Credentials);
}

interface Credentials {
  readonly AccessKeyId?: string | undefined;
  readonly SecretAccessKey?: string | undefined;
  readonly SessionToken?: string | undefined;
}

export function withCredentials(client: Client, given: Credentials | undefined): Client {
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = given ?? {};
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  return { ...client, credentials };
}

export const arnOfUser = (name: string) => `arn:aws:iam::111122223333:user/${name}`;

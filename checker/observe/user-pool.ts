import { join } from 'node:path';
import type { UserPoolClientType, UserPoolType } from '@aws-sdk/client-cognito-identity-provider';
import type { Room, StackResource, Subject } from '../checking/check.ts';
import { LabError } from '../failures/errors.ts';
import { labFolder } from '../workshop/lab-files.ts';
import { shownPath } from '../workshop/own-labs/home.ts';
import { shortName } from '../workshop/short-name.ts';
import { environmentOf } from './environment.ts';
import { observeGate } from './gate.ts';

/** A stack's user pool, and the client that the page signs in with. */
export interface UserPool {
  /** `us-east-1_a1B2c3D4e` */
  readonly id: string;
  readonly clientId: string;
  /** Logical ids in the stack's template. */
  readonly pool: string;
  readonly client: string;
}

/** A text that a client can write about somebody as it likes: nobody verifies it. */
export interface WritableAttribute {
  readonly name: string;
  /** The limits of its length, in characters. */
  readonly shortest: number;
  readonly longest: number;
}

/** The configuration of a pool and its client, as far as signing in requires it. */
export interface PoolSettings {
  readonly clientSecret?: string;
  /** `ALLOW_USER_PASSWORD_AUTH`, … */
  readonly flows: readonly string[];
  /** Whether people sign in with their email address, so that Cognito generates their usernames. */
  readonly byAddress: boolean;
  /** Whether a username can look like an email address, whoever owns that. */
  readonly anyName: boolean;
  /** Attributes that a user of the pool must have. */
  readonly required: readonly string[];
  readonly writable: readonly WritableAttribute[];
  /** The names of those that any name or address fits. */
  readonly claimable: readonly string[];
  /** The minimum length of a password. */
  readonly shortestPassword: number;
  /** The ARN of the function that decides who can have an account, if the pool has one. */
  readonly preSignUp?: string;
  /** Whether nobody can sign up, because administrators create the accounts. */
  readonly adminOnly: boolean;
  /** Whether nobody who signs up gets a code to confirm an address with. */
  readonly sendsNoCode: boolean;
}

/**
 * Returns the pool and client from the outputs with the labs' names for them. Otherwise those that a text mentions,
 * such as the deciding function's environment; otherwise those in any output; otherwise the first. Or why there are
 * none.
 */
export function findUserPool(
  { stackName, resources, outputs }: Pick<Subject, 'stackName' | 'resources' | 'outputs'>,
  texts: readonly string[] = [],
): UserPool | { readonly missing: string } {
  const values = Object.values(outputs);
  const find = (type: string, output: string): StackResource | undefined => {
    const made = resources.filter((resource) => resource.type === type);
    return (
      made.find(({ physicalId }) => physicalId === outputs[output]) ??
      made.find(({ physicalId }) => texts.some((text) => text.includes(physicalId))) ??
      made.find(({ physicalId }) => values.some((value) => value.includes(physicalId))) ??
      made[0]
    );
  };
  const pool = find('AWS::Cognito::UserPool', 'UserPoolId');
  if (pool === undefined) return { missing: `The stack ${stackName} has no user pool: nobody can sign in.` };
  const client = find('AWS::Cognito::UserPoolClient', 'UserPoolClientId');
  if (client === undefined) return { missing: 'The user pool has no client in the stack: no page can sign in to it.' };
  return { id: pool.physicalId, clientId: client.physicalId, pool: pool.logicalId, client: client.logicalId };
}

/** Returns the pool and client that the room trusts, as `findUserPool` does; reads the functions only if it has to. */
export async function observeUserPool(subject: Subject): Promise<UserPool | { readonly missing: string }> {
  const { resources, outputs, room } = subject;
  const isNamed = (type: string, output: string) =>
    resources.some((made) => made.type === type && made.physicalId === outputs[output]);
  const isKnown =
    isNamed('AWS::Cognito::UserPool', 'UserPoolId') && isNamed('AWS::Cognito::UserPoolClient', 'UserPoolClientId');
  if (isKnown || 'missing' in room) return findUserPool(subject);
  const found = findUserPool(subject, await variablesOf(subject, room));
  return 'missing' in found ? found : { ...found, ...(await clientOf(subject, found)) };
}

/** Another pool of the stack, and one of its clients. */
export interface OtherPool extends UserPool {
  /** Whether the environment of a function that decides about handshakes names the pool. */
  readonly isNamed: boolean;
}

/** Returns the stack's other pools, once for each of their clients: nobody can sign up in a pool without one. */
export async function observeOtherPools(subject: Subject, { id }: Pick<UserPool, 'id'>): Promise<readonly OtherPool[]> {
  const { resources, room } = subject;
  const others = resources.filter(({ type, physicalId }) => type === 'AWS::Cognito::UserPool' && physicalId !== id);
  if (others.length === 0 || 'missing' in room) return [];
  const variables = await variablesOf(subject, room);
  const found = others.map(async ({ physicalId, logicalId }) => {
    const isNamed = variables.some((text) => text.includes(physicalId));
    const ids = await observeClientIds(subject, physicalId);
    const clients = resources.filter(({ physicalId: clientId }) => ids.has(clientId));
    return clients.map(({ logicalId: client, physicalId: clientId }) => {
      return { id: physicalId, pool: logicalId, clientId, client, isNamed };
    });
  });
  return (await Promise.all(found)).flat();
}

/** Returns the values in the environments of the functions that decide about handshakes. */
async function variablesOf(subject: Subject, room: Room): Promise<string[]> {
  const { authorizer, connect } = await observeGate(subject, room);
  const names = [authorizer?.functionName, connect].filter((name) => name !== undefined);
  return (await Promise.all(names.map((name) => environmentOf(subject, name)))).flatMap(Object.values<string>);
}

/**
 * Returns the client that was found, if it belongs to the pool that was found; otherwise the stack's first that does.
 */
async function clientOf(subject: Subject, found: UserPool): Promise<Pick<UserPool, 'client' | 'clientId'>> {
  const ids = await observeClientIds(subject, found.id);
  const other = ids.has(found.clientId) ? undefined : subject.resources.find(({ physicalId }) => ids.has(physicalId));
  return other === undefined ? found : { client: other.logicalId, clientId: other.physicalId };
}

/** ListUserPoolClients: returns the ids of a pool's clients. */
export async function observeClientIds(
  { target }: Pick<Subject, 'target'>,
  UserPoolId: string,
): Promise<Set<string | undefined>> {
  const [client, { paginateListUserPoolClients }] = await Promise.all([
    target.clients.cognito(),
    import('../aws/sdk/cognito.ts'),
  ]);
  const ids = new Set<string | undefined>();
  for await (const page of paginateListUserPoolClients({ client }, { UserPoolId, MaxResults: 60 }))
    for (const { ClientId } of page.UserPoolClients ?? []) ids.add(ClientId);
  return ids;
}

/** Returns the pool of a subject whose checks need one. Rejects with a LabError if there is none. */
export async function openUserPool(subject: Subject): Promise<UserPool> {
  const found = await observeUserPool(subject);
  if (!('missing' in found)) return found;
  const file = shownPath(subject.root, join(labFolder(subject.root, subject.lab), 'stack.ts'));
  throw new LabError(found.missing, `See ${file}, and deploy it again.`);
}

/** DescribeUserPool and DescribeUserPoolClient. Rejects with a LabError if one of them is gone. */
export async function observePool(
  { target, lab }: Pick<Subject, 'target' | 'lab'>,
  { id, clientId }: Pick<UserPool, 'id' | 'clientId'>,
): Promise<PoolSettings> {
  const [cognito, { DescribeUserPoolCommand, DescribeUserPoolClientCommand, ResourceNotFoundException }] =
    await Promise.all([target.clients.cognito(), import('../aws/sdk/cognito.ts')]);
  const [{ UserPool }, { UserPoolClient }] = await Promise.all([
    cognito.send(new DescribeUserPoolCommand({ UserPoolId: id })),
    cognito.send(new DescribeUserPoolClientCommand({ UserPoolId: id, ClientId: clientId })),
  ]).catch((error: unknown) => {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    const number = shortName(lab);
    throw new LabError(
      `Somebody deleted the stack's user pool or its client: ${error.message}`,
      `A deployment doesn't notice that. Run \`npx lab destroy ${number}\`, then \`npx lab deploy ${number}\`.`,
      { cause: error },
    );
  });
  return settingsOf(UserPool ?? {}, UserPoolClient);
}

/** Cognito's default for a client that lists no flows. */
const usualFlows = ['ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'];

/** What a text has to fit in an attribute, in characters: an address. */
const [SHORT, LONG] = [20, 100];

/**
 * Without a list of its own, a client can write all standard attributes. Those that people sign in with, or that Cognito
 * verifies, are left out: it accepts no such preferred username at a sign-up, and sends a message to such a number.
 */
function writableIn(
  { SchemaAttributes = [], UsernameAttributes = [], AliasAttributes = [], AutoVerifiedAttributes = [] }: UserPoolType,
  client: UserPoolClientType | undefined,
): WritableAttribute[] {
  const listed = client?.WriteAttributes ?? [];
  const isListed = (name: string) => (listed.length === 0 ? !/^(custom|dev):/.test(name) : listed.includes(name));
  const identifying: readonly string[] = [...UsernameAttributes, ...AliasAttributes, ...AutoVerifiedAttributes];
  const except = new Set(['sub', 'email', 'identities', ...identifying]);
  return SchemaAttributes.flatMap(({ Name: name = '', AttributeDataType, StringAttributeConstraints = {} }) => {
    const { MinLength = '0', MaxLength = '2048' } = StringAttributeConstraints;
    if (AttributeDataType !== 'String' || !isListed(name) || except.has(name)) return [];
    return { name, shortest: Number(MinLength), longest: Number(MaxLength) };
  });
}

function isClaimable({ name, shortest, longest }: WritableAttribute): boolean {
  return name !== 'phone_number' && shortest <= SHORT && longest >= LONG;
}

function settingsOf(pool: UserPoolType, client: UserPoolClientType | undefined): PoolSettings {
  const { ClientSecret, ExplicitAuthFlows = [] } = client ?? {};
  const writable = writableIn(pool, client);
  return {
    clientSecret: ClientSecret,
    flows: ExplicitAuthFlows.length === 0 ? usualFlows : ExplicitAuthFlows,
    byAddress: (pool.UsernameAttributes ?? []).length > 0,
    anyName: ![...(pool.UsernameAttributes ?? []), ...(pool.AliasAttributes ?? [])].includes('email'),
    required: (pool.SchemaAttributes ?? []).flatMap(({ Required, Name = '' }) =>
      Required === true && Name !== 'sub' ? Name : [],
    ),
    writable,
    claimable: writable.filter(isClaimable).map(({ name }) => name),
    shortestPassword: pool.Policies?.PasswordPolicy?.MinimumLength ?? 8,
    preSignUp: pool.LambdaConfig?.PreSignUp,
    adminOnly: pool.AdminCreateUserConfig?.AllowAdminCreateUserOnly === true,
    sendsNoCode: (pool.AutoVerifiedAttributes ?? []).length === 0,
  };
}

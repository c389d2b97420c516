import { join } from 'node:path';
import type { UserPoolClientType, UserPoolType } from '@aws-sdk/client-cognito-identity-provider';
import type { StackResource, Subject } from '../checking/check.ts';
import { LabError } from '../failures/errors.ts';
import { labFolder } from '../workshop/lab-files.ts';
import { shownPath } from '../workshop/own-labs/home.ts';

/** The user pool of a stack, and the client of it that the page signs in by. */
export interface UserPool {
  /** `us-east-1_a1B2c3D4e` */
  readonly id: string;
  readonly clientId: string;
  /** Logical ids in the stack's template. */
  readonly pool: string;
  readonly client: string;
}

/** How a pool and its client are set up, as far as it takes to sign somebody in. */
export interface PoolSettings {
  readonly clientSecret?: string;
  /** `ALLOW_USER_PASSWORD_AUTH`, … */
  readonly flows: readonly string[];
  /** Whether people sign in by their mail address, so that Cognito makes up their user name. */
  readonly byAddress: boolean;
  /** Attributes that a user of the pool must have. */
  readonly required: readonly string[];
  /** The fewest characters that a password may have. */
  readonly shortestPassword: number;
}

/** The pool and client that the stack puts out, by the names the labs have for them first; else the first; or why none. */
export function findUserPool({
  stackName,
  resources,
  outputs,
}: Pick<Subject, 'stackName' | 'resources' | 'outputs'>): UserPool | { readonly missing: string } {
  const values = Object.values(outputs);
  const find = (type: string, output: string): StackResource | undefined => {
    const made = resources.filter((resource) => resource.type === type);
    return (
      made.find(({ physicalId }) => physicalId === outputs[output]) ??
      made.find(({ physicalId }) => values.includes(physicalId)) ??
      made[0]
    );
  };
  const pool = find('AWS::Cognito::UserPool', 'UserPoolId');
  if (pool === undefined) return { missing: `The stack ${stackName} has no user pool: nobody can sign in.` };
  const client = find('AWS::Cognito::UserPoolClient', 'UserPoolClientId');
  if (client === undefined) return { missing: 'The user pool has no client of the stack: no page can sign in to it.' };
  return { id: pool.physicalId, clientId: client.physicalId, pool: pool.logicalId, client: client.logicalId };
}

/** The pool of a subject whose checks need one. */
export function openUserPool(subject: Subject): UserPool {
  const found = findUserPool(subject);
  if (!('missing' in found)) return found;
  const file = shownPath(subject.root, join(labFolder(subject.root, subject.lab), 'stack.ts'));
  throw new LabError(found.missing, `See ${file}, and deploy it again.`);
}

/** DescribeUserPool and DescribeUserPoolClient. Rejects with a LabError where one of them is gone. */
export async function observePool(
  { target, lab }: Pick<Subject, 'target' | 'lab'>,
  { id, clientId }: Pick<UserPool, 'id' | 'clientId'>,
): Promise<PoolSettings> {
  const [cognito, { DescribeUserPoolCommand, DescribeUserPoolClientCommand, ResourceNotFoundException }] =
    await Promise.all([target.clients.cognito(), import('@aws-sdk/client-cognito-identity-provider')]);
  const [{ UserPool }, { UserPoolClient }] = await Promise.all([
    cognito.send(new DescribeUserPoolCommand({ UserPoolId: id })),
    cognito.send(new DescribeUserPoolClientCommand({ UserPoolId: id, ClientId: clientId })),
  ]).catch((error: unknown) => {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    const number = lab.slice(0, 2);
    throw new LabError(
      `The stack made a user pool or its client that somebody deleted since: ${error.message}`,
      `A deployment does not notice that. Run \`npx lab destroy ${number}\`, then \`npx lab deploy ${number}\`.`,
      { cause: error },
    );
  });
  return settingsOf(UserPool ?? {}, UserPoolClient);
}

/** What Cognito takes a client for that names no flows. */
const usualFlows = ['ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'];

function settingsOf(pool: UserPoolType, client: UserPoolClientType | undefined): PoolSettings {
  const { ClientSecret, ExplicitAuthFlows = [] } = client ?? {};
  return {
    ...(ClientSecret === undefined ? {} : { clientSecret: ClientSecret }),
    flows: ExplicitAuthFlows.length === 0 ? usualFlows : ExplicitAuthFlows,
    byAddress: (pool.UsernameAttributes ?? []).length > 0,
    required: (pool.SchemaAttributes ?? []).flatMap(({ Required, Name = '' }) =>
      Required === true && Name !== 'sub' ? Name : [],
    ),
    shortestPassword: pool.Policies?.PasswordPolicy?.MinimumLength ?? 8,
  };
}

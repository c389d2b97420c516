import { createHmac } from 'node:crypto';
import type { AuthenticationResultType } from '@aws-sdk/client-cognito-identity-provider';
import type { Subject } from '../checking/check.ts';
import { LabError } from '../failures/errors.ts';
import { secureRemotePassword } from './secure-remote-password.ts';
import type { Tokens } from './tokens.ts';

/** A user pool client, as far as signing in requires it. */
export interface SignInClient {
  readonly poolId: string;
  readonly clientId: string;
  readonly clientSecret?: string;
  readonly flows: readonly string[];
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

interface AuthResponse {
  readonly AuthenticationResult?: AuthenticationResultType | undefined;
  readonly ChallengeName?: string | undefined;
}

type Flow = (target: Subject['target'], client: SignInClient, credentials: Credentials) => Promise<AuthResponse>;

/** By the names with which a client allows them, including the older ones; the first allowed one is used. */
const flows: ReadonlyArray<{ readonly names: readonly string[]; readonly signIn: Flow }> = [
  { names: ['ALLOW_USER_PASSWORD_AUTH', 'USER_PASSWORD_AUTH'], signIn: byPassword },
  { names: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ADMIN_NO_SRP_AUTH'], signIn: asAdministrator },
  { names: ['ALLOW_USER_SRP_AUTH'], signIn: bySecureRemotePassword },
];

/** The client doesn't allow the page's sign-in. */
export class NoPasswordFlowError extends LabError {
  constructor({ clientId, flows: allowed }: Pick<SignInClient, 'clientId' | 'flows'>) {
    super(
      `The client ${clientId} of the user pool doesn't allow signing in with a password, as the page does. It allows ${allowed.join(', ')}.`,
      'Allow ALLOW_USER_PASSWORD_AUTH or ALLOW_USER_SRP_AUTH in the client (`authFlows`), and deploy.',
    );
  }
}

/** Throws a NoPasswordFlowError if nobody can sign in to the client with a password from a browser. */
export function requirePasswordFlow(client: Pick<SignInClient, 'clientId' | 'flows'>): void {
  const isAllowed = ['ALLOW_USER_PASSWORD_AUTH', 'USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH'].some((name) =>
    client.flows.includes(name),
  );
  if (!isAllowed) throw new NoPasswordFlowError(client);
}

/**
 * Signs in with a flow that the client allows. Rejects with a LabError if Cognito requires more, or rejects the user.
 */
export async function signIn(
  { target }: Pick<Subject, 'target'>,
  client: SignInClient,
  credentials: Credentials,
): Promise<Tokens> {
  const flow = flows.find(({ names }) => names.some((name) => client.flows.includes(name)));
  if (flow === undefined) throw new NoPasswordFlowError(client);
  const { AuthenticationResult, ChallengeName } = await flow.signIn(target, client, credentials).catch(inWords);
  const { IdToken, AccessToken, RefreshToken } = AuthenticationResult ?? {};
  if (IdToken !== undefined && AccessToken !== undefined) {
    return { id: IdToken, access: AccessToken, refresh: RefreshToken };
  }
  throw new LabError(
    `Cognito requires more than a password from the checker's user (${ChallengeName ?? 'no tokens'}).`,
    'The checker signs in with a password only. Turn off MFA in the pool, or make it optional.',
  );
}

async function byPassword(
  target: Subject['target'],
  client: SignInClient,
  credentials: Credentials,
): Promise<AuthResponse> {
  const [cognito, { InitiateAuthCommand }] = await cognitoOf(target);
  const AuthParameters = parameters(client, credentials);
  return cognito.send(
    new InitiateAuthCommand({ AuthFlow: 'USER_PASSWORD_AUTH', ClientId: client.clientId, AuthParameters }),
  );
}

async function asAdministrator(
  target: Subject['target'],
  client: SignInClient,
  credentials: Credentials,
): Promise<AuthResponse> {
  const [cognito, { AdminInitiateAuthCommand }] = await cognitoOf(target);
  return cognito.send(
    new AdminInitiateAuthCommand({
      AuthFlow: client.flows.includes('ADMIN_NO_SRP_AUTH') ? 'ADMIN_NO_SRP_AUTH' : 'ADMIN_USER_PASSWORD_AUTH',
      UserPoolId: client.poolId,
      ClientId: client.clientId,
      AuthParameters: parameters(client, credentials),
    }),
  );
}

async function bySecureRemotePassword(
  target: Subject['target'],
  client: SignInClient,
  { username, password }: Credentials,
): Promise<AuthResponse> {
  const [cognito, { InitiateAuthCommand, RespondToAuthChallengeCommand }] = await cognitoOf(target);
  const srp = secureRemotePassword();
  const asked = await cognito.send(
    new InitiateAuthCommand({
      AuthFlow: 'USER_SRP_AUTH',
      ClientId: client.clientId,
      AuthParameters: { USERNAME: username, SRP_A: srp.a, ...secretHash(client, username) },
    }),
  );
  if (asked.ChallengeName !== 'PASSWORD_VERIFIER') return asked;
  const { ChallengeParameters = {} } = asked;
  const answer = srp.answer(ChallengeParameters, { poolId: client.poolId, password, now: new Date() });
  return cognito.send(
    new RespondToAuthChallengeCommand({
      ChallengeName: 'PASSWORD_VERIFIER',
      ClientId: client.clientId,
      ChallengeResponses: { ...answer, ...secretHash(client, answer.USERNAME ?? username) },
      Session: asked.Session,
    }),
  );
}

function cognitoOf(target: Subject['target']) {
  return Promise.all([target.clients.cognito(), import('../aws/sdk/cognito.ts')]);
}

function parameters(client: SignInClient, { username, password }: Credentials): Record<string, string> {
  return { USERNAME: username, PASSWORD: password, ...secretHash(client, username) };
}

/**
 * Returns the hash that a client with a secret sends beside a name.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html#cognito-user-pools-computing-secret-hash
 */
export function secretHash(
  { clientId, clientSecret }: Pick<SignInClient, 'clientId' | 'clientSecret'>,
  username: string,
): Record<string, string> {
  if (clientSecret === undefined) return {};
  return { SECRET_HASH: createHmac('sha256', clientSecret).update(`${username}${clientId}`).digest('base64') };
}

/** Cognito's errors for rejected sign-ins, which must not count as rejections by the room. */
function inWords(error: unknown): never {
  const { name = '', message = '' } = error as Partial<Error>;
  if (!['NotAuthorizedException', 'UserLambdaValidationException', 'UnexpectedLambdaException'].includes(name))
    throw error;
  throw new LabError(
    `Cognito rejects the checker's user: ${message}`,
    'See what the user pool requires for signing in: triggers, MFA, a client secret.',
    { cause: error },
  );
}

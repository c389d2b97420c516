import { randomBytes } from 'node:crypto';
import type { Subject } from '../checking/check.ts';
import { observePool, openUserPool, type PoolSettings } from '../observe/user-pool.ts';
import { type Note, startNote } from '../probe/notes.ts';
import { userName } from '../probe/visitor-name.ts';
import { bring } from './bring.ts';
import { type Credentials, requirePasswordFlow, type SignInClient, signIn } from './sign-in.ts';
import { sweepCognito } from './sweep.ts';
import { claimsOf, type Tokens } from './tokens.ts';

/** A user of the stack's pool that the checker created for its checks. */
export interface Guest {
  /** Their tokens' `cognito:username`: what the room must call them. */
  readonly username: string;
  readonly credentials: Credentials;
  /** What they got by signing in with the stack's client. */
  readonly tokens: Tokens;
  /** Signs them in again: a room may accept each token only once. */
  signIn(): Promise<Tokens>;
}

export interface Guests {
  readonly ada: Guest;
  readonly grace: Guest;
  /** Returns the guest with another first name, the same for all checks; creates the user on first use. */
  invite(firstName: string): Promise<Guest>;
  /** The stack's own client. */
  readonly client: SignInClient;
}

/** Creates two users and signs them in, as the page does. For `subject.once`: one pair serves all checks of a run. */
export async function guests(subject: Subject): Promise<Guests> {
  const pool = await openUserPool(subject);
  const settings = await observePool(subject, pool);
  const { clientSecret, flows } = settings;
  const client: SignInClient = {
    poolId: pool.id,
    clientId: pool.clientId,
    flows,
    clientSecret,
  };
  requirePasswordFlow(client);
  subject.afterwards(() => sweepCognito(subject, { poolId: pool.id, byAddress: settings.byAddress }));
  const make = async (firstName: string): Promise<Guest> => {
    const credentials = await makeUser(subject, pool.id, userName(firstName), settings, startNote(subject, 'users'));
    const again = () => signIn(subject, client, credentials);
    const tokens = await again();
    return { username: claimsOf(tokens.id)['cognito:username'], credentials, tokens, signIn: again };
  };
  const made = new Map<string, Promise<Guest>>();
  const invite = (firstName: string): Promise<Guest> => {
    const guest = made.get(firstName) ?? make(firstName);
    made.set(firstName, guest);
    // Cognito may have throttled it: the next attempt tries again.
    guest.catch(() => made.delete(firstName));
    return guest;
  };
  const [ada, grace] = await Promise.all([make('Ada'), make('Grace')]);
  return { ada, grace, invite, client };
}

/** Valid values of attributes that Cognito validates. */
const values: Readonly<Record<string, string>> = {
  phone_number: '+15555550100',
  // As if they had confirmed them: a room may require that, too.
  email_verified: 'true',
  phone_number_verified: 'true',
  birthdate: '1815-12-10',
  updated_at: '0',
};

/** Creates a user who can sign in immediately, without sending mail. Deleted after the checks. */
export async function makeUser(
  subject: Subject,
  UserPoolId: string,
  name: string,
  settings: Pick<PoolSettings, 'byAddress' | 'required' | 'shortestPassword'>,
  noted?: Note,
): Promise<Credentials> {
  const [cognito, { AdminCreateUserCommand, AdminDeleteUserCommand }] = await Promise.all([
    subject.target.clients.cognito(),
    import('@aws-sdk/client-cognito-identity-provider'),
  ]);
  // Short: a room that uses people's email addresses as names should show that, instead of failing because the name is
  // too long.
  const address = `${name}@example.com`;
  const Username = settings.byAddress ? address : name;
  const attributes = new Set([...settings.required, ...(settings.byAddress ? ['email'] : [])]);
  if (attributes.has('email')) attributes.add('email_verified');
  const UserAttributes = [...attributes].map((Name) => ({
    Name,
    Value: { ...values, email: address }[Name] ?? 'somewhere',
  }));
  await noted?.add(Username);
  await bring(
    subject,
    () =>
      cognito
        .send(new AdminCreateUserCommand({ UserPoolId, Username, UserAttributes, MessageAction: 'SUPPRESS' }))
        .catch(madeAlready),
    async () => {
      await cognito.send(new AdminDeleteUserCommand({ UserPoolId, Username }));
      await noted?.drop();
    },
  );
  const credentials = { username: Username, password: passwordOf(settings.shortestPassword) };
  await setPassword(subject, UserPoolId, credentials);
  return credentials;
}

/** The name is unique: if the answer was lost, the SDK repeated what had already been done. */
function madeAlready(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'UsernameExistsException') throw error;
}

/** Gives a user a permanent password. Cognito rejects tokens issued before it. */
export async function setPassword(
  { target }: Pick<Subject, 'target'>,
  UserPoolId: string,
  { username: Username, password: Password }: Credentials,
): Promise<void> {
  const [cognito, { AdminSetUserPasswordCommand }] = await Promise.all([
    target.clients.cognito(),
    import('@aws-sdk/client-cognito-identity-provider'),
  ]);
  await cognito.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password, Permanent: true }));
}

/** Unguessable, with one character of each kind that a policy can require. */
function passwordOf(shortest: number): string {
  return `aA1-${randomBytes(Math.max(24, shortest)).toString('base64url')}`.slice(0, Math.max(32, shortest));
}

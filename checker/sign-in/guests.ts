import type { Subject } from '../checking/check.ts';
import type { PoolSettings } from '../observe/user-pool.ts';
import { isNameLike } from '../probe/field-names.ts';
import { type Note, startNote } from '../probe/notes.ts';
import {
  compatibilityLetters,
  intricateUserName,
  lettersBeyondAscii,
  userName,
  visitorName,
} from '../probe/visitor-name.ts';
import { bring } from './bring.ts';
import { addressOf } from './company.ts';
import { passwordOf, requiredAttributes } from './new-user.ts';
import { openPool } from './open-pool.ts';
import { type Credentials, requirePasswordFlow, type SignInClient, signIn } from './sign-in.ts';
import { claimsOf, type Tokens } from './tokens.ts';

/** A user of the stack's pool that the checker created for its checks. */
export interface Guest {
  /** Their tokens' `cognito:username`: what the room must call them. */
  readonly username: string;
  readonly credentials: Credentials;
  /** The made-up names in their attributes, if they have any: anyone can write these about themselves. */
  readonly profile?: Readonly<Record<string, string>>;
  /** Signs them in: a room may accept each token only once. */
  signIn(): Promise<Tokens>;
}

export interface Guests {
  /**
   * Her `tokens` are from signing in with the stack's client, and the same for all checks. She has made-up names in her
   * attributes.
   */
  readonly ada: Guest & { readonly tokens: Tokens };
  readonly grace: Guest;
  /**
   * Returns the guest with another first name, the same for all checks; creates the user on first use. With `claims`,
   * that is somebody else, who has made-up names in their attributes: another check may have put the guest into a group.
   * `name` is a username that nobody has, and `says` a text for all attributes that anyone can write about themselves,
   * for the first use.
   */
  invite(
    firstName: string,
    options?: { readonly claims?: boolean; readonly name?: string; readonly says?: string },
  ): Promise<Guest>;
  /** The stack's own client. */
  readonly client: SignInClient;
}

/** Creates two users, and signs Ada in, as the page does. For `subject.once`: one pair serves all checks of a run. */
export async function guests(subject: Subject): Promise<Guests> {
  const { client, settings } = await subject.once(openPool);
  requirePasswordFlow(client);
  const make = async (firstName: string, name = userName(firstName), profile?: Guest['profile']): Promise<Guest> => {
    const create = (user: NewUser) => makeUser(subject, client.poolId, user, settings, startNote(subject, 'users'));
    const made = async (user: NewUser) => ({ ...(await create(user)), profile: user.profile });
    // Nobody can derive one from the other: a room that uses the address shows that. A trigger of the pool may insist
    // on it, or reject what people write about themselves.
    const address = addressOf(userName(firstName));
    const user = await made({ name, address, profile }).catch((error: unknown) => {
      if (!(error instanceof Error) || error.name !== 'UserLambdaValidationException') throw error;
      const plain = userName(firstName);
      return made({ name: plain, address: addressOf(plain) });
    });
    const { nameInTokens, profile: written, ...credentials } = user;
    const enter = () => signIn(subject, client, credentials);
    const username = nameInTokens ?? claimsOf((await enter()).id)['cognito:username'];
    return { username, credentials, profile: written, signIn: enter };
  };
  const invited = new Map<string, Promise<Guest>>();
  const profile = () =>
    Object.fromEntries(settings.claimable.filter(isNameLike).map((attribute) => [attribute, visitorName()]));
  const saying = (text: string) => Object.fromEntries(settings.claimable.map((attribute) => [attribute, text]));
  const invite: Guests['invite'] = (firstName, { claims = false, name, says } = {}) => {
    const key = `${firstName}${claims ? ' with claims' : ''}`;
    const guest =
      invited.get(key) ?? make(firstName, name, claims ? profile() : says === undefined ? undefined : saying(says));
    invited.set(key, guest);
    // Cognito may have throttled it: the next attempt tries again.
    guest.catch(() => invited.delete(key));
    return guest;
  };
  // Whether API Gateway passes on every letter of what an authorizer answers isn't documented.
  const [letters, lastLetters] =
    subject.target.kind === 'aws' ? [['a', 'e', 'n']] : [lettersBeyondAscii, compatibilityLetters];
  const name = intricateUserName('Ada', letters, lastLetters);
  const [ada, grace] = await Promise.all([make('Ada', name, profile()), make('Grace')]);
  return { ada: { ...ada, tokens: await ada.signIn() }, grace, invite, client };
}

interface NewUser extends Pick<Guest, 'profile'> {
  readonly name: string;
  readonly address: string;
}

/** A user that was created, and how they sign in. */
export interface MadeUser extends Credentials {
  /** Their tokens' `cognito:username`; undefined if Cognito's answer was lost. */
  readonly nameInTokens: string | undefined;
}

/** Creates a user, an employee, who can sign in immediately, without sending mail. Deleted after the checks. */
export async function makeUser(
  subject: Subject,
  UserPoolId: string,
  { name, address, profile }: NewUser,
  settings: Pick<PoolSettings, 'byAddress' | 'required' | 'shortestPassword'>,
  noted?: Note,
): Promise<MadeUser> {
  const [cognito, { AdminCreateUserCommand, AdminDeleteUserCommand }] = await Promise.all([
    subject.target.clients.cognito(),
    import('../aws/sdk/cognito.ts'),
  ]);
  const Username = settings.byAddress ? address : name;
  // Confirmed: a room may ask for that too.
  const attributes = { ...requiredAttributes(settings), ...profile, email: address, email_verified: 'true' };
  const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
  await noted?.add(Username);
  const made = await bring(
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
  return { ...credentials, nameInTokens: made?.User?.Username };
}

/** The name is unique: if the answer was lost, the SDK repeated what had already been done. */
function madeAlready(error: unknown): undefined {
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
    import('../aws/sdk/cognito.ts'),
  ]);
  await cognito.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password, Permanent: true }));
}

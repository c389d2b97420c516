import type { SignUpCommandOutput } from '@aws-sdk/client-cognito-identity-provider';
import type { Subject } from '../checking/check.ts';
import { LabError } from '../failures/errors.ts';
import type { PoolSettings } from '../observe/user-pool.ts';
import { startNote } from '../probe/notes.ts';
import { bring } from './bring.ts';
import { passwordOf, requiredAttributes } from './new-user.ts';
import { type Credentials, type SignInClient, secretHash } from './sign-in.ts';

/** Cognito's decision about somebody who wants an account. */
export type Admission =
  | {
      readonly kind: 'accepted';
      /** Whether they need no code. */
      readonly isConfirmed: boolean;
      /** Whether a code went to their address. */
      readonly isCodeSent: boolean;
    }
  /** The pool's trigger rejected them, or the pool has no self-service sign-up. */
  | { readonly kind: 'refused'; readonly by: 'trigger' | 'pool'; readonly message: string }
  /** Nobody decided: the trigger couldn't be invoked, or its answer is invalid. */
  | { readonly kind: 'undecided'; readonly error: string; readonly message: string };

export interface SignedUp {
  readonly admission: Admission;
  readonly credentials: Credentials;
}

interface Pool {
  readonly client: SignInClient;
  readonly settings: Pick<PoolSettings, 'byAddress' | 'required' | 'shortestPassword'>;
}

/** Somebody who wants an account. */
interface Applicant {
  readonly name: string;
  /** Set if the name isn't made up, so that somebody else can have it. */
  readonly isGuessed?: boolean | undefined;
  /** Missing if they give none. */
  readonly address?: string | undefined;
  /** What they claim in everything that a client can write as it likes. */
  readonly claims?: Claims | undefined;
}

/** What a client says about somebody besides the address, by name. */
export interface Claims {
  readonly attributes: Readonly<Record<string, string>>;
  /** Both `ClientMetadata` and `ValidationData`. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Signs somebody up with an address, as the page does, and returns the decision. Cognito mails a code to everyone it
 * accepts. The user is deleted after the checks. Rejects if Cognito throttles the checker, can't send mail, or somebody
 * else has a guessed name: that decides nothing.
 */
export async function signUp(
  subject: Subject,
  { client, settings }: Pool,
  { name, isGuessed = false, address, claims }: Applicant,
): Promise<SignedUp> {
  const [cognito, { SignUpCommand, AdminDeleteUserCommand }] = await Promise.all([
    subject.target.clients.cognito(),
    import('../aws/sdk/cognito.ts'),
  ]);
  const Username = (settings.byAddress ? address : undefined) ?? name;
  const Password = passwordOf(settings.shortestPassword);
  const attributes = { ...requiredAttributes(settings), ...claims?.attributes, ...(address && { email: address }) };
  const { SECRET_HASH: SecretHash } = secretHash(client, Username);
  const user = { UserPoolId: client.poolId, Username };
  const input = {
    ClientId: client.clientId,
    Username,
    Password,
    SecretHash,
    UserAttributes: asList(attributes),
    ...(claims && { ValidationData: asList(claims.metadata), ClientMetadata: { ...claims.metadata } }),
  };
  const send = () => cognito.send(new SignUpCommand(input));
  const canBeOthers = isGuessed && Username === name;
  // A made-up name or address is unique: if it's taken, the SDK lost the answer and repeated what was already done.
  const sendAgain = async (error: unknown) => {
    if (canBeOthers || !(error instanceof Error) || error.name !== 'UsernameExistsException') throw error;
    await cognito.send(new AdminDeleteUserCommand(user));
    return send();
  };
  const isToDelete = (made: Admission | { readonly kind: 'error'; readonly error: unknown }) =>
    made.kind !== 'error' || (canBeOthers ? hasCreated : mayHaveCreated)(made.error);
  const note = startNote(subject, 'users');
  if (!canBeOthers) await note.add(Username);
  const outcome = await bring(
    subject,
    async () => {
      const made = await send()
        .catch(sendAgain)
        .then(accepted, (error: unknown) => ({ kind: 'error', error }) as const);
      // Everyone in a note that is left is deleted, so somebody else must not be in one.
      if (canBeOthers && isToDelete(made)) await note.add(Username);
      return made;
    },
    async (made) => {
      if (isToDelete(made)) {
        await cognito.send(new AdminDeleteUserCommand(user)).catch(isGone);
      }
      await note.drop();
    },
  );
  const admission = outcome.kind === 'error' ? (refusalIn(outcome.error) ?? inWords(outcome.error)) : outcome;
  return { admission, credentials: { username: Username, password: Password } };
}

/**
 * ListUsers: whether nobody seems to have a user name yet. It compares names case-sensitively, which not every pool
 * does, doesn't look at aliases, and shows new users late.
 */
export async function isNameFree(
  { target }: Pick<Subject, 'target'>,
  { poolId }: Pick<SignInClient, 'poolId'>,
  name: string,
): Promise<boolean> {
  const [cognito, { ListUsersCommand }] = await Promise.all([
    target.clients.cognito(),
    import('../aws/sdk/cognito.ts'),
  ]);
  const Filter = `username = ${JSON.stringify(name)}`;
  const { Users = [] } = await cognito.send(new ListUsersCommand({ UserPoolId: poolId, Filter, Limit: 1 }));
  return Users.length === 0;
}

function asList(values: Readonly<Record<string, string>>): Array<{ Name: string; Value: string }> {
  return Object.entries(values).map(([Name, Value]) => ({ Name, Value }));
}

/** Returns the decision in an error of SignUp or AdminCreateUser; undefined if the error isn't about the user. */
export function refusalIn(error: unknown): Exclude<Admission, { kind: 'accepted' }> | undefined {
  const { name = '', message = '' } = error as Partial<Error>;
  switch (name) {
    case 'UserLambdaValidationException':
      // A trigger that runs later, such as CustomMessage, rejects nobody.
      return /^PreSignUp\b/.test(message) ? { kind: 'refused', by: 'trigger', message } : undefined;
    case 'UnexpectedLambdaException':
    case 'InvalidLambdaResponseException':
      return { kind: 'undecided', error: name, message };
    case 'NotAuthorizedException':
      // For a wrong secret, Cognito's message differs.
      return /SignUp is not permitted/.test(message) ? { kind: 'refused', by: 'pool', message } : undefined;
    default:
      return undefined;
  }
}

/** Returns whether SignUp can have created the user before it failed. */
function mayHaveCreated(error: unknown): boolean {
  return refusalIn(error) === undefined;
}

/** Returns whether SignUp has created the user: only then does Cognito invoke CustomMessage and send a code. */
function hasCreated(error: unknown): boolean {
  const { name = '' } = error as Partial<Error>;
  return mayHaveCreated(error) && ['CodeDeliveryFailureException', 'UserLambdaValidationException'].includes(name);
}

function accepted({ UserConfirmed = false, CodeDeliveryDetails }: SignUpCommandOutput): Admission {
  return { kind: 'accepted', isConfirmed: UserConfirmed, isCodeSent: CodeDeliveryDetails?.Destination !== undefined };
}

function isGone(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'UserNotFoundException') throw error;
}

/** Limits of Cognito, which are nobody's mistake: https://docs.aws.amazon.com/cognito/latest/developerguide/limits.html */
function inWords(error: unknown): never {
  const { name = '', message = '' } = error as Partial<Error>;
  if (name !== 'LimitExceededException' && name !== 'CodeDeliveryFailureException') throw error;
  throw new LabError(
    `Cognito couldn't send the code of a sign-up: ${message}`,
    'Without SES, Cognito sends 50 emails a day per account. Check again tomorrow, or make the pool send through SES.',
    { cause: error },
  );
}

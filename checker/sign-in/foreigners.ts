import type { Subject } from '../checking/check.ts';
import { LabError } from '../failures/errors.ts';
import { tagOfOwn } from '../probe/tag.ts';
import { userName } from '../probe/visitor-name.ts';
import { bring, nameOfOwn, TAG } from './bring.ts';
import { addressOf } from './company.ts';
import { guests, makeUser } from './guests.ts';
import { signIn } from './sign-in.ts';

/** Genuine ID tokens that were not issued for this room. */
export interface Foreigners {
  /** For a user of another pool. */
  readonly ofAnotherPool: string;
  /** For a user of the stack's own pool, through another client of it. */
  readonly ofAnotherClient: string;
}

const flows = ['ALLOW_ADMIN_USER_PASSWORD_AUTH'] as const;

/** Creates the checker's own pool and client, and signs in to each. They are deleted after the checks. */
export async function foreigners(subject: Subject): Promise<Foreigners> {
  const [ofAnotherPool, ofAnotherClient] = await Promise.all([anotherPool(subject), anotherClient(subject)]);
  return { ofAnotherPool, ofAnotherClient };
}

async function anotherPool(subject: Subject): Promise<string> {
  const [cognito, { CreateUserPoolCommand, DeleteUserPoolCommand }] = await cognitoOf(subject);
  const tag = tagOfOwn(Date.now());
  const { UserPool } = await bring(
    subject,
    () =>
      cognito
        .send(new CreateUserPoolCommand({ PoolName: nameOfOwn(tag), UserPoolTags: { [TAG]: tag } }))
        .catch(noRoomFor('user pool')),
    ({ UserPool: made }) => cognito.send(new DeleteUserPoolCommand({ UserPoolId: made?.Id })),
  );
  const poolId = UserPool?.Id ?? '';
  const name = userName('Mallory');
  const [clientId, credentials] = await Promise.all([
    makeClient(subject, poolId),
    makeUser(
      { ...subject, afterwards: goesWithItsPool },
      poolId,
      { name, address: addressOf(name) },
      {
        byAddress: false,
        required: [],
        shortestPassword: 8,
      },
    ),
  ]);
  return (await signIn(subject, { poolId, clientId, flows }, credentials)).id;
}

async function anotherClient(subject: Subject): Promise<string> {
  const [cognito, { DeleteUserPoolClientCommand }] = await cognitoOf(subject);
  const { ada, client } = await subject.once(guests);
  const { poolId } = client;
  const clientId = await bring(
    subject,
    () => makeClient(subject, poolId),
    (ClientId) => cognito.send(new DeleteUserPoolClientCommand({ UserPoolId: poolId, ClientId })),
  );
  return (await signIn(subject, { poolId, clientId, flows }, ada.credentials)).id;
}

async function makeClient(subject: Subject, UserPoolId: string): Promise<string> {
  const [cognito, { CreateUserPoolClientCommand }] = await cognitoOf(subject);
  const { UserPoolClient } = await cognito
    .send(
      new CreateUserPoolClientCommand({
        UserPoolId,
        ClientName: nameOfOwn(tagOfOwn(Date.now())),
        ExplicitAuthFlows: [...flows],
      }),
    )
    .catch(noRoomFor('client of a user pool'));
  return UserPoolClient?.ClientId ?? '';
}

function cognitoOf({ target }: Subject) {
  return Promise.all([target.clients.cognito(), import('../aws/sdk/cognito.ts')]);
}

/** Deleting a pool deletes everything in it. */
function goesWithItsPool(): void {}

function noRoomFor(what: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof Error) || error.name !== 'LimitExceededException') throw error;
    throw new LabError(
      `The account's quota leaves no room for the checker's own ${what}: ${error.message}`,
      'Delete unused ones, or request a higher quota from AWS. Then run the command again.',
      { cause: error },
    );
  };
}

import type { Subject } from '../checking/check.ts';
import { leftovers } from '../probe/notes.ts';
import { isForgotten } from '../probe/tag.ts';
import { FIRST_OF_USERS, isForgottenOwn, TAG } from './bring.ts';

/** The stack's own pool, and whether people sign in with their email address. */
interface Swept {
  readonly poolId: string;
  readonly byAddress: boolean;
}

/** Deletes things that an earlier command created in Cognito and couldn't delete. */
export async function sweepCognito(subject: Pick<Subject, 'root' | 'lab' | 'target'>, swept: Swept): Promise<void> {
  const { target } = subject;
  const noted = sweepNoted(subject, swept);
  await Promise.allSettled([noted, sweepUsers(target, swept), sweepClients(target, swept), sweepPools(target)]);
}

/** The users in a note. The checker created each of them, or made up the name, so nobody else has it. */
async function sweepNoted(
  subject: Pick<Subject, 'root' | 'lab' | 'target'>,
  { poolId: UserPoolId }: Swept,
): Promise<void> {
  const { names, drop } = await leftovers(subject, 'users');
  const [client, { AdminDeleteUserCommand }] = await cognitoOf(subject.target);
  const remove = (Username: string) => client.send(new AdminDeleteUserCommand({ UserPoolId, Username }));
  if (areGone(await Promise.allSettled(names.map(remove)))) await drop();
}

/** Whether each deletion succeeded, or found nothing. */
export function areGone(deletions: ReadonlyArray<PromiseSettledResult<unknown>>): boolean {
  return deletions.every(
    (deletion) => deletion.status === 'fulfilled' || /NotFoundException$/.test((deletion.reason as Error).name),
  );
}

async function sweepUsers(target: Subject['target'], { poolId: UserPoolId, byAddress }: Swept): Promise<void> {
  const [client, { paginateListUsers, AdminDeleteUserCommand }] = await cognitoOf(target);
  const attribute = byAddress ? 'email' : 'username';
  const Filter = `${attribute} ^= "${FIRST_OF_USERS}"`;
  for await (const { Users = [] } of paginateListUsers({ client }, { UserPoolId, Filter })) {
    for (const { Username = '', Attributes = [] } of Users) {
      const email = Attributes.find(({ Name }) => Name === 'email')?.Value ?? '';
      if (isForgotten(byAddress ? (email.split('@')[0] ?? '') : Username)) {
        await client.send(new AdminDeleteUserCommand({ UserPoolId, Username }));
      }
    }
  }
}

async function sweepClients(target: Subject['target'], { poolId: UserPoolId }: Swept): Promise<void> {
  const [client, { paginateListUserPoolClients, DeleteUserPoolClientCommand }] = await cognitoOf(target);
  for await (const page of paginateListUserPoolClients({ client }, { UserPoolId, MaxResults: 60 })) {
    for (const { ClientId, ClientName = '' } of page.UserPoolClients ?? []) {
      if (isForgottenOwn(ClientName)) await client.send(new DeleteUserPoolClientCommand({ UserPoolId, ClientId }));
    }
  }
}

async function sweepPools(target: Subject['target']): Promise<void> {
  const [client, { paginateListUserPools, DescribeUserPoolCommand, DeleteUserPoolCommand }] = await cognitoOf(target);
  for await (const { UserPools = [] } of paginateListUserPools({ client }, { MaxResults: 60 })) {
    for (const { Id: UserPoolId, Name = '' } of UserPools) {
      if (!isForgottenOwn(Name)) continue;
      const { UserPool } = await client.send(new DescribeUserPoolCommand({ UserPoolId }));
      // Anyone can use the name; only the checker uses the tag.
      if (UserPool?.UserPoolTags?.[TAG] !== undefined) await client.send(new DeleteUserPoolCommand({ UserPoolId }));
    }
  }
}

function cognitoOf(target: Subject['target']) {
  return Promise.all([target.clients.cognito(), import('../aws/sdk/cognito.ts')]);
}

import type { Subject } from '../checking/check.ts';
import { dropForgotten, forgottenNames, startNote } from '../probe/notes.ts';
import { bring } from './bring.ts';
import { type Guest, guests } from './guests.ts';

/**
 * Makes a group in the stack's user pool and adds guests to it: tokens that they get from now on have it. It is deleted
 * after the checks.
 */
export async function makeGroup(subject: Subject, GroupName: string, members: readonly Guest[]): Promise<void> {
  const [cognito, { AdminAddUserToGroupCommand, CreateGroupCommand, DeleteGroupCommand }] = await cognitoOf(subject);
  const { poolId: UserPoolId } = (await subject.once(guests)).client;
  const note = startNote(subject, 'groups');
  await note.add(GroupName);
  await bring(
    subject,
    () => cognito.send(new CreateGroupCommand({ UserPoolId, GroupName })).catch(madeAlready),
    async () => {
      await cognito.send(new DeleteGroupCommand({ UserPoolId, GroupName }));
      await note.drop();
      await sweepGroups(subject, UserPoolId);
    },
  );
  for (const { credentials } of members) {
    await cognito.send(new AdminAddUserToGroupCommand({ UserPoolId, GroupName, Username: credentials.username }));
  }
}

/** Deletes the groups that killed commands left. Nobody else's are called so: their names are made up. */
async function sweepGroups(subject: Subject, UserPoolId: string): Promise<void> {
  const [cognito, { DeleteGroupCommand }] = await cognitoOf(subject);
  const names = await forgottenNames(subject, 'groups');
  await Promise.allSettled(names.map((GroupName) => cognito.send(new DeleteGroupCommand({ UserPoolId, GroupName }))));
  await dropForgotten(subject, 'groups');
}

/** Nobody else has this name: the SDK asked again, since the first answer was lost. */
function madeAlready(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'GroupExistsException') throw error;
}

function cognitoOf({ target }: Subject) {
  return Promise.all([target.clients.cognito(), import('@aws-sdk/client-cognito-identity-provider')]);
}

import type { Subject } from '../checking/check.ts';
import { leftovers, startNote } from '../probe/notes.ts';
import { bring } from './bring.ts';
import { type Guest, guests } from './guests.ts';
import { areGone } from './sweep.ts';

/**
 * Creates a group in the stack's user pool and adds guests to it: their tokens contain it from now on. Deleted after
 * the checks. If it `mayExist`, it can be a real one, and then it stays.
 */
export async function makeGroup(
  subject: Subject,
  GroupName: string,
  members: readonly Guest[],
  { mayExist = false }: { readonly mayExist?: boolean } = {},
): Promise<void> {
  const [cognito, { AdminAddUserToGroupCommand, CreateGroupCommand, DeleteGroupCommand }] = await cognitoOf(subject);
  const { poolId: UserPoolId } = (await subject.once(guests)).client;
  const note = startNote(subject, 'groups');
  // Noted groups are deleted, so a real one never is.
  if (!mayExist) await note.add(GroupName);
  const made = await bring(
    subject,
    () => cognito.send(new CreateGroupCommand({ UserPoolId, GroupName })).catch(madeAlready),
    async (created) => {
      if (mayExist && created === undefined) return;
      await cognito.send(new DeleteGroupCommand({ UserPoolId, GroupName }));
      await note.drop();
      await sweepGroups(subject, UserPoolId);
    },
  );
  if (mayExist && made !== undefined) await note.add(GroupName);
  for (const { credentials } of members) {
    await cognito.send(new AdminAddUserToGroupCommand({ UserPoolId, GroupName, Username: credentials.username }));
  }
}

/** Deletes groups that other checks left. No real groups have these generated names. */
async function sweepGroups(subject: Subject, UserPoolId: string): Promise<void> {
  const [cognito, { DeleteGroupCommand }] = await cognitoOf(subject);
  const { names, drop } = await leftovers(subject, 'groups');
  const remove = (GroupName: string) => cognito.send(new DeleteGroupCommand({ UserPoolId, GroupName }));
  if (areGone(await Promise.allSettled(names.map(remove)))) await drop();
}

/** A generated name is unique: if the answer was lost, the SDK repeated what had already been done. */
function madeAlready(error: unknown): undefined {
  if (!(error instanceof Error) || error.name !== 'GroupExistsException') throw error;
}

function cognitoOf({ target }: Subject) {
  return Promise.all([target.clients.cognito(), import('../aws/sdk/cognito.ts')]);
}

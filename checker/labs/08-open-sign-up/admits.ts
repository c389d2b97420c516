import type { Subject } from '../../checking/check.ts';
import { openRoom } from '../../observe/room.ts';
import { knock } from '../../probe/knock.ts';
import { startNote } from '../../probe/notes.ts';
import { userName } from '../../probe/visitor-name.ts';
import { addressOf } from '../../sign-in/company.ts';
import { makeUser } from '../../sign-in/guests.ts';
import type { OpenPool } from '../../sign-in/open-pool.ts';
import { signIn } from '../../sign-in/sign-in.ts';

/**
 * Returns whether the room admits users of a pool: one connects with a token. Undefined if the checker can't sign in
 * there, or the room doesn't say.
 */
export async function admits(subject: Subject, { pool, client, settings }: OpenPool): Promise<boolean | undefined> {
  try {
    const name = userName();
    const note = startNote(subject, 'users');
    const credentials = await makeUser(subject, pool.id, { name, address: addressOf(name) }, settings, note);
    const { id } = await signIn(subject, client, credentials);
    const caller = { kind: 'a token of another pool', label: 'Mallory', token: id, username: credentials.username };
    const { knocks } = await knock(subject, openRoom(subject).address, [caller]);
    if (knocks.some(({ status }) => status === 101)) return true;
    // Anything else than a rejection says nothing about the pool: throttling, functions without capacity.
    return knocks.some(({ status }) => status === 401 || status === 403) ? false : undefined;
  } catch (error) {
    if (subject.signal.aborted) throw error;
    return undefined;
  }
}

import type { Subject } from '../checking/check.ts';
import type { Tickets } from '../probe/join-all.ts';
import { type Guest, guests } from './guests.ts';

/** Returns tickets for users of the stack's pool: nobody has to claim a name, and each token is new. */
export async function tickets(subject: Subject): Promise<Tickets> {
  const { ada, grace, invite } = await subject.once(guests);
  const known: Readonly<Record<string, Guest>> = { Ada: ada, Grace: grace };
  return async (firstName) => {
    const guest = known[firstName] ?? (await invite(firstName));
    const { id, access } = await guest.signIn();
    return { token: id, username: guest.username, secrets: [id, access, guest.credentials.password] };
  };
}

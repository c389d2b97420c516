import type { Subject } from '../checking/check.ts';
import type { Tickets } from '../probe/join-all.ts';
import type { Ticket } from '../probe/visit.ts';
import { type Guest, guests } from './guests.ts';

/** Returns tickets for users of the stack's pool: nobody has to claim a name, and each token is new. */
export async function tickets(subject: Subject): Promise<Tickets> {
  const { ada, grace, invite } = await subject.once(guests);
  const known: Readonly<Record<string, Guest>> = { Ada: ada, Grace: grace };
  return async (firstName) => ticketFor(known[firstName] ?? (await invite(firstName)));
}

/** Returns a guest's ticket, with a new token. */
export async function ticketFor({ username, credentials, signIn }: Guest): Promise<Ticket> {
  const { id, access } = await signIn();
  return { token: id, username, secrets: [id, access, credentials.password] };
}

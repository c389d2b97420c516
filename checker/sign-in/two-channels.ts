import type { Subject } from '../checking/check.ts';
import { channelNames } from '../probe/sayings.ts';
import type { Ticket } from '../probe/visit.ts';
import { makeGroup } from './groups.ts';
import { guests } from './guests.ts';
import { tickets } from './tickets.ts';

/** Two channels with made-up names, and their members. */
export interface TwoChannels {
  /** The second name begins with the first. */
  readonly names: readonly [string, string];
  /** The channel that each person joins, by first name, in order. */
  readonly joins: Readonly<Record<string, string>>;
  /** Returns a ticket for somebody's channel, with a new token each time. */
  ticket(firstName: string): Promise<Ticket>;
}

/** The channel that each person joins. Ada is a member of both. */
const people = { Ada: 0, Grace: 1, Linus: 0, Edsger: 1, Margaret: 0, Barbara: 1 } as const;

/** Creates two channels, which are groups in the stack's user pool, and their members. For `subject.once`. */
export async function twoChannels(subject: Subject): Promise<TwoChannels> {
  const names = channelNames();
  const { ada, grace, invite } = await subject.once(guests);
  const guestOf = async (firstName: string) =>
    firstName === 'Ada' ? ada : firstName === 'Grace' ? grace : await invite(firstName);
  const guestsIn = async (index: number) =>
    Promise.all(
      Object.entries(people)
        .filter(([firstName, channel]) => channel === index || firstName === 'Ada')
        .map(([firstName]) => guestOf(firstName)),
    );
  for (const [index, name] of names.entries()) await makeGroup(subject, name, await guestsIn(index));
  const joins = Object.fromEntries(Object.entries(people).map(([firstName, index]) => [firstName, names[index]]));
  const ticketOf = await tickets(subject);
  return {
    names,
    joins,
    ticket: async (firstName) => ({ ...(await ticketOf(firstName)), channel: joins[firstName] ?? names[0] }),
  };
}

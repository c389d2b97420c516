import type { Subject } from '../checking/check.ts';
import { channelNames, inOddCase, lookalikeOf } from '../probe/sayings.ts';
import type { Ticket } from '../probe/visit.ts';
import { makeGroup } from './groups.ts';
import { guests } from './guests.ts';
import { tickets } from './tickets.ts';

/** Two channels with made-up names, and their members. */
export interface TwoChannels {
  /** The second name begins and ends with the first. */
  readonly names: readonly [string, string];
  /** The channel that each person joins, by first name, in order. */
  readonly joins: Readonly<Record<string, string>>;
  /** Returns a ticket for somebody's channel, or for another one, with a new token each time. */
  ticket(firstName: string, channel?: string): Promise<Ticket>;
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
    ticket: async (firstName, channel = joins[firstName] ?? names[0]) => ({ ...(await ticketOf(firstName)), channel }),
  };
}

/** The channel of everyone who asks for none. It has no group. */
export const GENERAL = 'general';

/** People outside of the two channels. */
export interface Others {
  /** The channel that each is in, by first name. */
  readonly joins: Readonly<Record<string, string>>;
  /** Returns a ticket as `TwoChannels` does. The one for `general` names no channel. */
  ticket(firstName: string): Promise<Ticket>;
}

/**
 * Invites Frances, who is in no group and so in `general`, and Hedy, who is the only member of a channel whose name
 * differs from that only in case. It isn't one of the two in another case: whether a pool can have groups with such
 * names is not documented. For `subject.once`.
 */
export async function others(subject: Subject): Promise<Others> {
  const { invite } = await subject.once(guests);
  const channel = inOddCase(GENERAL);
  await makeGroup(subject, channel, [await invite('Hedy')]);
  const ticketOf = await tickets(subject);
  return {
    joins: { Frances: GENERAL, Hedy: channel },
    ticket: async (firstName) => ({ ...(await ticketOf(firstName)), ...(firstName === 'Hedy' ? { channel } : {}) }),
  };
}

/**
 * Invites Radia, who is the only member of a channel that is easily taken for the second of the two. For
 * `subject.once`.
 */
export async function lookalike(subject: Subject): Promise<Others> {
  const [{ names }, { invite }] = [await subject.once(twoChannels), await subject.once(guests)];
  const channel = lookalikeOf(names[1]);
  await makeGroup(subject, channel, [await invite('Radia')]);
  const ticketOf = await tickets(subject);
  return { joins: { Radia: channel }, ticket: async (firstName) => ({ ...(await ticketOf(firstName)), channel }) };
}

import type { Room, Subject } from '../../checking/check.ts';
import { isRejection } from '../../probe/join-with-claims.ts';
import { textsMatching } from '../../probe/matching-text.ts';
import { type SourceWords, sourceWords } from '../../probe/source-words.ts';
import { visit } from '../../probe/visit.ts';
import { madeUp } from '../../probe/visitor-name.ts';
import { guests } from '../../sign-in/guests.ts';
import { ticketFor } from '../../sign-in/tickets.ts';
import { ofAKnownUser } from './attempts.ts';
import { type Conversation, eachSays } from './talk.ts';

/** How many of the values in the handlers are tried, each by somebody else. */
const MOST_USERS = 4;

/** What a username can have twice, with a word between, in the 40 characters of a name. */
const IN_A_NAME = /^[\p{L}\p{N}._-]{2,12}$/u;

/**
 * People whose usernames begin and end with what the handlers compare something with connect, and each sends a message
 * that claims names. A room may trust users such as `svc-…`, but anyone can sign up as that.
 */
export async function talkAsKnownUsers(
  subject: Subject,
  room: Room,
  { pace }: { readonly pace: () => Promise<void> },
): Promise<Conversation> {
  const source = sourceWords(subject.sources());
  const names = knownNames(source);
  if (names.length === 0) return { rounds: [], conversation: [] };
  const { invite } = await subject.once(guests);
  const tickets = await Promise.all(names.map(async (name) => ticketFor(await invite(name, { name }))));
  return visit(subject, room.address, async (inside) => {
    const label = 'Radia';
    const joining = tickets.map(async (ticket) => {
      const person = await inside.join(label, ticket).catch(orRejected);
      return person === undefined ? [] : [{ label, person }];
    });
    const people = (await Promise.all(joining)).flat();
    return eachSays(subject, inside, people, { message: () => ofAKnownUser(source), pace });
  });
}

type Known = Pick<SourceWords, 'patterns' | 'sought' | 'values'>;

/**
 * Returns made-up usernames that begin and end with a value that the handlers compare something with. None is such a
 * value: somebody else may be called so, and a cleanup removes a visitor's rows by the name.
 */
export function knownNames({ patterns, sought, values }: Known): string[] {
  const known = [...textsMatching(patterns), ...sought, ...values];
  const usable = known.filter((value) => typeof value === 'string' && IN_A_NAME.test(value));
  return [...new Set(usable)].slice(0, MOST_USERS).map((value) => `${value}${madeUp(3)}${value}`);
}

/** A room may reject users, and then they claim nothing. */
function orRejected(error: unknown): undefined {
  if (!isRejection(error)) throw error;
}

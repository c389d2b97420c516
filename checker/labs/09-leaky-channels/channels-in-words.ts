import type { Subject } from '../../checking/check.ts';
import { sourceWords } from '../../probe/source-words.ts';
import { madeUp } from '../../probe/visitor-name.ts';
import { makeGroup } from '../../sign-in/groups.ts';
import { guests } from '../../sign-in/guests.ts';
import { tickets } from '../../sign-in/tickets.ts';
import { GENERAL, type Others } from '../../sign-in/two-channels.ts';

/** Who joins such a channel, one each. */
const people = ['Alan', 'Dorothy', 'Jean', 'Karen'];

/** A word that can be a channel or a part of a name. */
const WORD = /^[\p{L}\p{N}][\p{L}\p{N}_.-]{1,15}$/u;

/** Returns the first words that the handlers compare something with, as many as there are people. */
export function wordsCompared(sources: readonly string[]): string[] {
  const words = sourceWords(sources).values.filter((value) => typeof value === 'string' && WORD.test(value));
  return words
    .map(String)
    .filter((word) => word !== GENERAL)
    .slice(0, people.length);
}

/**
 * Invites people to channels that the handlers may treat in a special way: each is named like a word that they compare
 * something with, and so is its only member, whose name begins and ends with the word. For `subject.once`.
 */
export async function channelsInWords(subject: Subject): Promise<Others> {
  const { invite } = await subject.once(guests);
  const joins = Object.fromEntries(wordsCompared(subject.sources()).map((word, index) => [people[index] ?? '', word]));
  for (const [firstName, word] of Object.entries(joins)) {
    const guest = await invite(firstName, { name: `${word}${madeUp(3).slice(0, 8)}${word}` });
    await makeGroup(subject, word, [guest], { mayExist: true });
  }
  const ticketOf = await tickets(subject);
  return {
    joins,
    ticket: async (firstName) => ({ ...(await ticketOf(firstName)), channel: joins[firstName] ?? GENERAL }),
  };
}

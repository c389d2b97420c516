import { RefusedError } from './handshake.ts';
import type { Person } from './person.ts';
import type { Ticket, Visit } from './visit.ts';

/** Returns the token that a person with this first name connects with; a new one each time. */
export type Tickets = (firstName: string) => Promise<Ticket>;

/** Somebody in the room, their label, and their secrets. */
export interface Participant {
  readonly label: string;
  readonly person: Person;
  readonly secrets: readonly string[];
}

/**
 * Connects people one after the other: one function instance is enough. Calls `onJoined` before the next one comes.
 * Resolves with the status if one is rejected.
 */
export async function joinAll(
  room: Visit,
  names: readonly string[],
  tickets?: Tickets,
  onJoined: (participant: Participant) => Promise<void> = async () => {},
): Promise<{ people: Record<string, Participant> } | { refused: number }> {
  const people: Record<string, Participant> = {};
  try {
    for (const [index, label] of names.entries()) {
      const ticket = await tickets?.(label);
      // A room must not need a User-Agent, nor its absence.
      const person = await room.join(label, { ...ticket, isBrowser: index % 2 === 0 });
      const participant = { label, person, secrets: ticket?.secrets ?? [] };
      people[label] = participant;
      await onJoined(participant);
    }
    return { people };
  } catch (error) {
    if (error instanceof RefusedError) return { refused: error.status };
    throw error;
  }
}

/** Ada and Grace, or the status that one of them was rejected with. */
export async function joinBoth(
  room: Visit,
  tickets?: Tickets,
): Promise<{ ada: Person; grace: Person } | { refused: number }> {
  const joined = await joinAll(room, ['Ada', 'Grace'], tickets);
  if ('refused' in joined) return joined;
  const { Ada, Grace } = joined.people;
  if (Ada === undefined || Grace === undefined) throw new Error("Ada and Grace aren't in the room.");
  return { ada: Ada.person, grace: Grace.person };
}

import type { Subject } from '../checking/check.ts';
import { RefusedError } from './person.ts';
import { type Ticket, type Visit, visit } from './visit.ts';
import { visitorName } from './visitor-name.ts';

/** Somebody who tries to come in: what they come with, as the conversation calls it, and the token itself. */
export interface Caller<Kind extends string = string> {
  readonly kind: Kind;
  /** Where it is undefined, the address has none at all. */
  readonly token?: string;
  /** Who comes, where it is not Mallory: the conversation calls them so. They say nothing of a name, as the page does. */
  readonly label?: string;
  /** What the room calls them by their token. */
  readonly username?: string;
  /** The channel that they ask for. */
  readonly channel?: string;
}

/** How a handshake was answered: 101 lets in. */
export interface Knock<Kind extends string = string> {
  readonly kind: Kind;
  readonly status: number;
}

/** What came of some handshakes, in the order of the callers. */
export interface Knocked<Kind extends string = string> {
  readonly knocks: ReadonlyArray<Knock<Kind>>;
  readonly conversation: readonly string[];
}

/** As many at once: more would only make more functions start. */
const LANES = { practice: 2, aws: 5 } as const;

/** Opens a socket for each caller, Mallory unless said otherwise, and closes it at once where it is let in. */
export function knock<Kind extends string>(
  subject: Subject,
  address: string,
  callers: ReadonlyArray<Caller<Kind>>,
): Promise<Knocked<Kind>> {
  return visit(subject, address, async (room) => {
    const statuses = new Map<Kind, number>();
    const left = callers.values();
    const lane = async () => {
      for (const { kind, label, ...ticket } of left) {
        const comes = { ...ticket, label: `${label ?? 'Mallory'}, with ${kind},` };
        statuses.set(
          kind,
          await statusOf(room, label === undefined ? { ...comes, says: visitorName('Mallory') } : comes),
        );
      }
    };
    const ends = await Promise.allSettled(Array.from({ length: LANES[subject.target.kind] }, lane));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
    const knocks = callers.map(({ kind }) => ({ kind, status: statuses.get(kind) ?? 0 }));
    return { knocks, conversation: room.conversation };
  });
}

async function statusOf(room: Visit, ticket: Ticket): Promise<number> {
  try {
    const person = await room.join('Mallory', ticket);
    await person.leave();
    return 101;
  } catch (error) {
    if (error instanceof RefusedError) return error.status;
    throw error;
  }
}

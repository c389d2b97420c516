import type { Subject } from '../checking/check.ts';
import type { DoorClaims } from './door-claims.ts';
import { RefusedError } from './handshake.ts';
import { type Ticket, type Visit, visit } from './visit.ts';
import { visitorName } from './visitor-name.ts';

/** Somebody who tries to connect: their token's description for the conversation, and the token itself. */
export interface Caller<Kind extends string = string> {
  readonly kind: Kind;
  /** If undefined, the URL has no token at all. */
  readonly token?: string;
  /** The label of the person who connects, if not Mallory. Like the page, they give no name. */
  readonly label?: string;
  /** The room's name for them, according to their token. */
  readonly username?: string;
  /** The channel that they ask for. */
  readonly channel?: string;
  /** What else is in their handshake. */
  readonly claims?: DoorClaims;
  /** Whether they send a browser's headers. By default, half of them do. */
  readonly isBrowser?: boolean;
  /**
   * Somebody who connects right before, while nobody else does: a function can remember that. If they aren't admitted,
   * there is nothing to remember, and the caller doesn't try.
   */
  readonly after?: Omit<Caller, 'after'>;
}

/** The status of a handshake; 101 admits. */
export interface Knock<Kind extends string = string> {
  readonly kind: Kind;
  readonly status: number;
}

/** The results of some handshakes, in the callers' order. */
export interface Knocked<Kind extends string = string> {
  readonly knocks: ReadonlyArray<Knock<Kind>>;
  /** Somebody who was to connect before a caller and wasn't admitted. */
  readonly notAdmitted?: Knock;
  readonly conversation: readonly string[];
}

/** How many at once: more would only start more functions. */
const LANES = { practice: 2, aws: 5 } as const;

/**
 * Opens a socket for each caller, by default as Mallory, and closes it right away if it is admitted. Callers with an
 * `after` connect before the others.
 */
export function knock<Kind extends string>(
  subject: Subject,
  address: string,
  callers: ReadonlyArray<Caller<Kind>>,
): Promise<Knocked<Kind>> {
  return visit(subject, address, (room) => knockAt(room, callers, LANES[subject.target.kind]));
}

/** As `knock`, in a visit, with this many callers at once. */
export async function knockAt<Kind extends string>(
  room: Visit,
  callers: ReadonlyArray<Caller<Kind>>,
  lanes: number,
): Promise<Knocked<Kind>> {
  const statuses = new Map<Kind, number>();
  let notAdmitted: Knock | undefined;
  for (const { after, ...caller } of callers) {
    if (after === undefined) continue;
    const status = await statusOf(room, ticketOf(after));
    if (status === 101) statuses.set(caller.kind, await statusOf(room, ticketOf(caller)));
    else notAdmitted ??= { kind: after.kind, status };
  }
  const left = callers.filter(({ after }) => after === undefined).values();
  const lane = async () => {
    for (const caller of left) statuses.set(caller.kind, await statusOf(room, ticketOf(caller)));
  };
  const ends = await Promise.allSettled(Array.from({ length: lanes }, lane));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  const knocks = callers.flatMap(({ kind }) => {
    const status = statuses.get(kind);
    return status === undefined ? [] : { kind, status };
  });
  return { knocks, conversation: room.conversation, notAdmitted };
}

function ticketOf({ kind, label, ...ticket }: Omit<Caller, 'after'>): Ticket {
  const comes = { ...ticket, label: `${label ?? 'Mallory'}, with ${kind},` };
  return label === undefined ? { ...comes, says: visitorName('Mallory') } : comes;
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

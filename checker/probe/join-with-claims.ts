import type { DoorClaims } from './door-claims.ts';
import { RefusedError } from './handshake.ts';
import type { Person } from './person.ts';
import type { Ticket, Visit } from './visit.ts';

/** Somebody who is in the room, and what they claimed when they connected. */
export interface Joined {
  readonly person: Person;
  readonly claims: DoorClaims;
}

/** API Gateway's own answer to too many requests. */
const THROTTLED = 429;

/** Returns whether the room rejected somebody, which can be its answer to their claims. */
export function isRejection(error: unknown): error is RefusedError {
  return error instanceof RefusedError && error.status !== THROTTLED;
}

/**
 * Connects somebody who claims names at the handshake. A room may reject parameters that it doesn't know; then connects
 * them with the name only, or without claims if they claim none there. A room may accept each token only once, so each
 * attempt needs a ticket of its own.
 */
export async function joinWithClaims(
  { join }: Pick<Visit, 'join'>,
  firstName: string,
  ticket: () => Promise<Ticket>,
  claims: DoorClaims,
): Promise<Joined> {
  try {
    return { person: await join(firstName, { ...(await ticket()), claims }), claims };
  } catch (error) {
    if (!isRejection(error)) throw error;
    const { name } = claims.query;
    if (name === undefined)
      return { person: await join(firstName, await ticket()), claims: { query: {}, headers: {} } };
    const fewer = { query: { name }, headers: {} };
    return { person: await join(firstName, { ...(await ticket()), says: name }), claims: fewer };
  }
}

import type { Subject } from '../../checking/check.ts';
import { type DoorPlaces, doorClaims } from '../../probe/door-claims.ts';
import { isNameLike } from '../../probe/field-names.ts';
import { isRejection } from '../../probe/join-with-claims.ts';
import { sourceWords } from '../../probe/source-words.ts';
import { untilQuiet } from '../../probe/until-quiet.ts';
import type { Ticket } from '../../probe/visit.ts';
import { placesReadIn } from '../05-spoofed-sender/at-the-door.ts';
import { claimFields, inClaimFields, inOwnPlaces, ownCommands } from './claims.ts';
import type { Member } from './said.ts';

// A message isn't the only place where somebody can name a channel that isn't theirs.

/** Headers in which clients could name a channel. */
const headers = ['x-channel', 'x-channel-id', 'x-group', 'x-room', 'x-team', 'x-topic'];

/** A client can offer subprotocols, and a browser can send no other text of its own in a header. */
const OFFER = 'Sec-WebSocket-Protocol';
const readsOffer = new RegExp(OFFER, 'i');

/** How many places of a handshake name a channel. */
const MOST = 36;

/**
 * Returns what names a channel in a handshake, wherever clients could or the handlers read something, except
 * `?channel=`.
 */
export function naming(channel: string, sources: readonly string[]): Pick<Ticket, 'claims'> {
  const read = placesReadIn(sources).filter(([, name]) => !isNameLike(name) && name !== 'channel');
  const of = (wanted: 'query' | 'headers') => read.flatMap(([kind, name]) => (kind === wanted ? name : []));
  const places: DoorPlaces = {
    query: [...of('query'), ...claimFields.filter((field) => field !== 'channel')].slice(0, MOST),
    headers: [
      ...(sources.some((source) => readsOffer.test(source)) ? [OFFER] : []),
      ...of('headers'),
      ...headers,
    ].slice(0, MOST),
  };
  return { claims: doorClaims(places, () => channel) };
}

/** A channel that somebody names at the handshake beside their own, and where. */
export interface Naming {
  readonly channel: string;
  readonly ticket: Pick<Ticket, 'claims' | 'channelBefore'>;
}

/** Connects somebody who also names another channel. A room can reject that; then they connect without it. */
export async function joinNaming(
  { channel, ticket }: Naming,
  come: (also?: Naming['ticket']) => Promise<Member>,
): Promise<Member> {
  try {
    return { ...(await come(ticket)), named: { channel, where: 'at the handshake' } };
  } catch (error) {
    unlessTurnedAway(error);
    return come();
  }
}

/** Throws an error that isn't the room's answer to a channel. */
export function unlessTurnedAway(error: unknown): undefined {
  if (!isRejection(error)) throw error;
}

/**
 * Has somebody name a channel in a message for each other route, and send the handlers' harmless commands alone:
 * `/history`. An answer with what others said counts like any other frame.
 */
export async function nameElsewhere(
  subject: Subject,
  { person }: Member,
  channel: string,
  actions: readonly string[],
): Promise<void> {
  const source = sourceWords(subject.sources());
  for (const action of actions) {
    // A page can send one text only.
    for (const fields of [inClaimFields(channel), ...inOwnPlaces(source, channel)])
      person.say({ text: channel, ...fields, action });
  }
  for (const text of ownCommands(source)) person.say({ action: 'sendmessage', text });
  // Everything that they sent has reached the account once a ping is answered.
  await person.listens(0);
  // Another route's function can start cold, so 100 ms aren't enough on AWS.
  await untilQuiet(subject, [person]);
}

import type { Room, Subject } from '../../checking/check.ts';
import { canHave, type DoorClaims, type DoorPlaces, doorClaims } from '../../probe/door-claims.ts';
import { isRejection } from '../../probe/join-with-claims.ts';
import { NotFromApiGatewayError } from '../../probe/lost.ts';
import { isClaimable, sourceWords, withoutComments } from '../../probe/source-words.ts';
import { type Ticket, type Visit, visit } from '../../probe/visit.ts';
import { claimedAtTheDoor, ofATrustedClient } from './attempts.ts';
import type { Participant } from './said.ts';
import { type Conversation, eachSays } from './talk.ts';

// A handler that trusts an unusual parameter or header of the handshake names it in its source.

/** These mean something in every handshake, or in this room. */
const KNOWN_PARAMETERS = /^(token|channel)$/i;
const KNOWN_HEADERS =
  /^(accept.*|authorization|cache-control|connection|content-.*|cookie|expect|host|if-.*|keep-alive|origin|pragma|proxy-.*|range|sec-(fetch-.*|websocket-(accept|extensions|key|version))|te|trailer|transfer-encoding|upgrade|user-agent|via|x-amzn-.*|x-forwarded-(for|port|proto))$/i;
const NAME = /^[\w-]{2,40}$/;

/** How many places have a claim in one handshake: as many long names as `doorClaims` has room for. */
const MOST_PLACES = 30;

/** How many handshakes are tried. */
const MOST_HANDSHAKES = 12;

type Place = readonly [kind: 'query' | 'headers', name: string];

interface Door {
  readonly ticket: () => Promise<Ticket>;
  readonly pace: () => Promise<void>;
}

/**
 * Somebody connects again and again, and claims names in the parameters and headers that the handlers read. Each time
 * they say something, and only a claimed name that the room then shows is a fault: the places may mean something else.
 */
export async function talkAtTheDoor(subject: Subject, room: Room, { ticket, pace }: Door): Promise<Conversation> {
  const places = placesReadIn(subject.sources());
  if (places.length === 0) return { rounds: [], conversation: [] };
  return visit(subject, room.address, async (inside) => {
    const people = await joinClaiming(inside, { ticket, pace }, places);
    return eachSays(subject, inside, people, { message: claimedAtTheDoor, pace });
  });
}

/** How many values are tried, each in a handshake of its own. */
const MOST_CLIENTS = 6;

/** What an HTTP header can have, without anything that a request has a meaning for. */
const IN_A_HEADER = /^[\w ./:+@-]{1,40}$/;

/**
 * Somebody connects again and again, each time with one of the values that the handlers compare something with in every
 * place of the handshake, and sends a message that claims a name. A room may trust a client that it knows.
 */
export async function talkAsClients(subject: Subject, room: Room, { ticket, pace }: Door): Promise<Conversation> {
  const sources = subject.sources();
  const places = placesReadIn(sources);
  const readsClient = sources.some((source) => /user-?agent|\borigin\b/i.test(withoutComments(source)));
  const values = sourceWords(sources).values.filter((value) => typeof value === 'string' && IN_A_HEADER.test(value));
  if (values.length === 0 || (places.length === 0 && !readsClient)) return { rounds: [], conversation: [] };
  return visit(subject, room.address, async (inside) => {
    const people: Participant[] = [];
    for (const value of values.slice(0, MOST_CLIENTS).map(String)) {
      const claims = clientClaims(asPlaces(places), value);
      await pace();
      const person = await inside.join('Radia', { ...(await ticket()), claims, isBrowser: false }).catch(orRejected);
      if (person !== undefined) people.push({ label: 'Radia', person, claims });
    }
    return eachSays(subject, inside, people, { message: ofATrustedClient, pace });
  });
}

function clientClaims({ query, headers }: DoorPlaces, value: string): DoorClaims {
  const all = (places: readonly string[]) =>
    Object.fromEntries(places.slice(0, MOST_PLACES).map((place) => [place, value]));
  return {
    query: all(query),
    headers: { ...all(headers.filter((place) => canHave(place, value))), 'User-Agent': value, Origin: value },
  };
}

/** A room may reject what it doesn't know. */
function orRejected(error: unknown): undefined {
  if (!(isRejection(error) || error instanceof NotFromApiGatewayError)) throw error;
}

/** Returns the places in a handshake that some handlers can read, as far as their source shows. */
export function placesReadIn(sources: readonly string[]): Place[] {
  const read = (kind: Place[0], member: RegExp, known: RegExp): Place[] =>
    sourceWords(sources.filter((source) => member.test(source)))
      .read.filter((word) => isClaimable(word) && NAME.test(word) && !known.test(word))
      .map((word) => [kind, word]);
  return [...read('query', /queryStringParameters/i, KNOWN_PARAMETERS), ...read('headers', /headers/i, KNOWN_HEADERS)];
}

/** A room may reject what it doesn't know, or a value. Then the places are divided between two handshakes. */
async function joinClaiming(
  { join }: Pick<Visit, 'join'>,
  { ticket, pace }: Door,
  places: readonly Place[],
): Promise<Participant[]> {
  const label = 'Radia';
  const people: Participant[] = [];
  const left = inParts(places, Math.ceil(places.length / MOST_PLACES));
  for (let tried = 0; tried < MOST_HANDSHAKES; tried += 1) {
    const some = left.shift();
    if (some === undefined) break;
    const claims = doorClaims(asPlaces(some));
    await pace();
    try {
      people.push({ label, person: await join(label, { ...(await ticket()), claims }), claims });
    } catch (error) {
      orRejected(error);
      if (some.length > 1) left.push(...inParts(some, 2));
    }
  }
  return people;
}

function asPlaces(places: readonly Place[]): DoorPlaces {
  const of = (wanted: Place[0]) => places.flatMap(([kind, name]) => (kind === wanted ? name : []));
  return { query: of('query'), headers: of('headers') };
}

function inParts<T>(all: readonly T[], count: number): T[][] {
  const size = Math.ceil(all.length / count);
  return Array.from({ length: count }, (_, index) => all.slice(index * size, (index + 1) * size));
}

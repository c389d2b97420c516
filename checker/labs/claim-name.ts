import { randomInt } from 'node:crypto';
import type { Subject } from '../checking/check.ts';
import { openRoom } from '../observe/room.ts';
import { doorClaims } from '../probe/door-claims.ts';
import { usual } from '../probe/field-names.ts';
import { says } from '../probe/frames.ts';
import type { Participant } from '../probe/join-all.ts';
import { isRejection, joinWithClaims } from '../probe/join-with-claims.ts';
import { limitReads } from '../probe/limit-reads.ts';
import type { Frame } from '../probe/person.ts';
import { tablesOf } from '../probe/rows.ts';
import { saying } from '../probe/sayings.ts';
import { commandsIn, isClaimable, MOST_CLAIMED, sourceWords } from '../probe/source-words.ts';
import { visit } from '../probe/visit.ts';
import { tickets } from '../sign-in/tickets.ts';
import { placesReadIn } from './05-spoofed-sender/at-the-door.ts';
import { type Attempt, attempt, command } from './05-spoofed-sender/attempt.ts';
import { fewAttempts, plain } from './05-spoofed-sender/attempts.ts';
import { type Claimed, withEachValue, withValue } from './05-spoofed-sender/read-by-handlers.ts';
import { isFalseName, isLike } from './05-spoofed-sender/rounds.ts';
import { SILENCE, sayOnce } from './05-spoofed-sender/say-once.ts';

/** A message that was delivered under a name that isn't its sender's, after a claim. */
export interface Spoofed {
  readonly speaker: string;
  /** The sender's true name. */
  readonly name: string;
  /** The label of the person whose name was claimed; undefined if the names were made up. */
  readonly claimed?: string;
  /** Where the claim was, in words: `in fields such as`. */
  readonly where: string;
  /** Set if it was in the handshake, not in the message. */
  readonly isAtTheDoor?: true;
  /** The name that the room gave. */
  readonly from: unknown;
}

const USUAL = 'in fields such as `from` and `name`';
const OWN = 'in every field that your handlers read';
const MANY = 'in many fields, some of them in objects or beside values that your handlers look for';

/** How many of the handlers' own values are beside a name, and how many of their commands are before one. */
const MOST_VALUES = 6;

/**
 * Sends messages with another person's name: in the fields that clients use most, in those that the handlers read, in
 * more as lab 5 does, and in the text. Before that, somebody claims names at the handshake. The room can deliver each
 * message under its sender's name, or reject it, with or without an error. Otherwise returns it.
 */
export async function claimName(
  subject: Subject,
  people: readonly Participant[],
  isSpeaker: (participant: Participant) => boolean,
): Promise<Spoofed | undefined> {
  const speakers = people.filter(isSpeaker);
  const speaker = speakers[randomInt(Math.max(1, speakers.length))];
  const claimed = people.find((each) => each !== speaker);
  if (speaker === undefined || claimed === undefined) return undefined;
  const atTheDoor = await claimAtTheDoor(subject);
  if (atTheDoor !== undefined) return atTheDoor;
  const cast = { speaker, claimed, people };
  return claimInTurn(subject, cast, ways({ other: claimed.person.name, source: sourceWords(subject.sources()) }));
}

/**
 * Claims a name in fields while each read returns one row, if the account can do that. A room may look for its sender's
 * name on the first page only, and believe the message if it isn't there.
 */
export async function claimNameOnLaterPage(
  subject: Subject,
  people: readonly Participant[],
  speaker: Participant,
): Promise<Spoofed | undefined> {
  const claimed = people.find((each) => each !== speaker);
  const limits = await limitReads(subject, tablesOf(subject));
  try {
    if (claimed === undefined || !limits.isOn) return undefined;
    const all = inUsualFields({ other: claimed.person.name, source: sourceWords(subject.sources()) });
    const spoofed = await claimInTurn(subject, { speaker, claimed, people }, all);
    return spoofed && { ...spoofed, where: `${spoofed.where}, while each read returned one row` };
  } finally {
    await limits.end();
  }
}

interface Cast {
  readonly speaker: Participant;
  readonly claimed: Participant;
  readonly people: readonly Participant[];
}

/**
 * Sends one message after the other, until one is delivered under a false name. A room that rejects silently takes
 * seconds for each unless the account can say that no function is running. So from the first such message on, an
 * ordinary one follows each: when everyone has got that, they have most likely got every copy of the one before.
 */
export async function claimInTurn(
  subject: Pick<Subject, 'target' | 'signal'>,
  { speaker, claimed, people }: Cast,
  all: readonly Way[],
): Promise<Spoofed | undefined> {
  const { name, heard: got } = speaker.person;
  const others = people.flatMap((each) => (each === speaker ? [] : each.person.name));
  const before = people.map(({ person }) => person.heard.length);
  const sent: Way[] = [];
  const spoofed = (): Spoofed | undefined => {
    const heard = people.flatMap(({ person }, index) => person.heard.slice(before[index]));
    for (const { attempt: each, where } of sent) {
      const other = heard.find(
        (frame) => isOf(each, frame) && isFalseName(frame.fields.from, { ...each, name, others }),
      );
      if (other !== undefined)
        return { speaker: speaker.label, name, claimed: claimed.label, where, from: other.fields.from };
    }
    return undefined;
  };
  const say = (each: Attempt, isSilent: boolean) =>
    sayOnce(subject, { speaker: speaker.person, people, attempt: each, isSilent });
  let isSilent = false;
  let isPaced = true;
  for (const way of all) {
    const from = got.length;
    sent.push(way);
    const told = await say(way.attempt, isSilent);
    if (isSilent && isPaced) {
      const ordinary = plain();
      await say(ordinary, true);
      // The room limits how often somebody can speak: each further wait would be in vain.
      isPaced = got.some(says(ordinary.text));
    }
    const found = spoofed();
    if (found !== undefined) return found;
    const isUnanswered = told === undefined && !got.slice(from).some((frame) => isOf(way.attempt, frame));
    isSilent ||= isUnanswered && subject.target.quietFor === undefined;
  }
  if (!isSilent) return undefined;
  await Promise.all(people.map(({ person }) => person.listens(SILENCE[subject.target.kind])));
  return spoofed();
}

/** A handler can take a part of a text for a name, and deliver the rest. */
function isOf({ text }: Attempt, { fields }: Pick<Frame, 'fields'>): boolean {
  return fields.type === 'message' && isLike(String(fields.text), text);
}

/** A message that claims a name. */
export interface Way {
  readonly attempt: Attempt;
  readonly where: string;
}

function ways({ other, source }: Claimed): Way[] {
  const more = [
    ...fewAttempts({ other, source }),
    ...withEachValue({ other, source }),
    ...source.values.slice(0, MOST_VALUES).flatMap((value) => withValue(value, { other, source })),
  ];
  return [
    ...inUsualFields({ other, source }),
    ...more.map((each) => ({ attempt: each, where: MANY })),
    ...commandsIn(source.values)
      .slice(0, MOST_VALUES)
      .map((own) => ({ attempt: command(own, other), where: `after ${own} at the start of its text` })),
  ];
}

function inUsualFields({ other, source }: Claimed): Way[] {
  const own = source.read.filter(isClaimable).slice(0, MOST_CLAIMED);
  const inFields = (fields: readonly string[]) =>
    attempt(
      'many fields',
      fields.map((field) => [field, other]),
    );
  return [
    { attempt: inFields(usual), where: USUAL },
    { attempt: inFields(own), where: OWN },
  ];
}

/** Somebody claims names wherever clients could in a handshake and where the handlers read something, and speaks. */
async function claimAtTheDoor(subject: Subject): Promise<Spoofed | undefined> {
  const ticketOf = await tickets(subject);
  const label = 'Edsger';
  const read = placesReadIn(subject.sources());
  const of = (wanted: 'query' | 'headers') => read.flatMap(([kind, place]) => (kind === wanted ? place : []));
  const all = [
    doorClaims(),
    ...(read.length === 0 ? [] : [doorClaims({ query: of('query'), headers: of('headers') })]),
  ];
  const look = visit(subject, openRoom(subject).address, async (inside) => {
    for (const claims of all) {
      const { person } = await joinWithClaims(inside, label, () => ticketOf(label), claims);
      const text = saying();
      await sayOnce(subject, {
        speaker: person,
        people: [{ person }],
        attempt: attempt('at the door', [], text),
        isSilent: false,
      });
      const other = person.heard.find((frame) => says(text)(frame) && frame.fields.from !== person.name);
      const where = 'in parameters and headers of the handshake';
      if (other !== undefined)
        return { speaker: label, name: person.name, where, isAtTheDoor: true as const, from: other.fields.from };
    }
    return undefined;
  });
  return look.catch((error: unknown) => {
    if (!isRejection(error)) throw error;
    return undefined;
  });
}

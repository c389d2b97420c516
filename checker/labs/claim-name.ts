import { randomInt } from 'node:crypto';
import type { Subject } from '../checking/check.ts';
import { openRoom } from '../observe/room.ts';
import { doorClaims } from '../probe/door-claims.ts';
import { usual } from '../probe/field-names.ts';
import { says } from '../probe/frames.ts';
import type { Participant } from '../probe/join-all.ts';
import { isRejection, joinWithClaims } from '../probe/join-with-claims.ts';
import type { Frame } from '../probe/person.ts';
import { saying } from '../probe/sayings.ts';
import { isClaimable, MOST_CLAIMED, sourceWords } from '../probe/source-words.ts';
import { visit } from '../probe/visit.ts';
import { tickets } from '../sign-in/tickets.ts';
import { placesReadIn } from './05-spoofed-sender/at-the-door.ts';
import { type Attempt, attempt } from './05-spoofed-sender/attempt.ts';
import { fewAttempts } from './05-spoofed-sender/attempts.ts';
import { type Claimed, withEachValue, withValue } from './05-spoofed-sender/read-by-handlers.ts';
import { sayOnce } from './05-spoofed-sender/say-once.ts';
import { ownCommands } from './09-leaky-channels/claims.ts';

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

/** How many of the handlers' own values are beside a name. */
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
  const { name } = speaker.person;
  const all = people.map(({ person }) => ({ person }));
  for (const { attempt: each, where } of ways({ other: claimed.person.name, source: sourceWords(subject.sources()) })) {
    const before = people.map(({ person }) => person.heard.length);
    await sayOnce(subject, { speaker: speaker.person, people: all, attempt: each, isSilent: false });
    const heard = people.flatMap(({ person }, index) => person.heard.slice(before[index]));
    const other = heard.find((frame) => isOf(each, frame) && frame.fields.from !== name);
    if (other === undefined) continue;
    return { speaker: speaker.label, name, claimed: claimed.label, where, from: other.fields.from };
  }
  return undefined;
}

/** A handler can take a part of a text for a name, and deliver the rest. */
function isOf({ text }: Attempt, { fields }: Pick<Frame, 'fields'>): boolean {
  const delivered = String(fields.text);
  return fields.type === 'message' && (delivered.includes(text) || text.endsWith(delivered));
}

interface Way {
  readonly attempt: Attempt;
  readonly where: string;
}

function ways({ other, source }: Claimed): Way[] {
  const own = source.read.filter(isClaimable).slice(0, MOST_CLAIMED);
  const inFields = (fields: readonly string[]) =>
    attempt(
      'many fields',
      fields.map((field) => [field, other]),
    );
  const more = [
    ...fewAttempts({ other, source }),
    ...withEachValue({ other, source }),
    ...source.values.slice(0, MOST_VALUES).flatMap((value) => withValue(value, { other, source })),
  ];
  return [
    { attempt: inFields(usual), where: USUAL },
    { attempt: inFields(own), where: OWN },
    ...more.map((each) => ({ attempt: each, where: MANY })),
    ...ownCommands(source).map((command) => ({
      attempt: attempt('name in the text', [], `${command} ${other} ${saying()}`),
      where: `after ${command} at the start of its text`,
    })),
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

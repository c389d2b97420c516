import type { Subject } from '../checking/check.ts';
import { untilAllEnded } from '../observe/runs.ts';
import { isTrouble, says } from './frames.ts';
import type { Participant } from './join-all.ts';
import type { Frame } from './person.ts';
import { keyOf, keysPresent, type RoomTable } from './room-tables.ts';
import type { Row } from './rows.ts';
import { saying } from './sayings.ts';
import { APART, firstHeard } from './speak.ts';
import { timesHeard } from './trouble.ts';
import { untilDeleted } from './until-deleted.ts';

/** A message, and how often everyone in the room heard it. */
export interface Said {
  readonly speaker: string;
  readonly heard: Readonly<Record<string, number>>;
  /**
   * The frames that people got instead: with the text, but not in the sender's name, or, if they didn't hear it, in the
   * sender's name or with the text in it.
   */
  readonly instead?: Readonly<Record<string, string>>;
}

/** The result of messages in a room whose table also has rows of ended connections. */
export interface AmongGhosts {
  readonly first: Said;
  /** Somebody else's next message; undefined if the first one already showed a mistake. */
  readonly second?: Said;
  /** The first error that somebody got. */
  readonly told?: { readonly who: string; readonly text: string };
  /** The ghosts whose rows were still there at the end. */
  readonly left: readonly Row[];
  /** People who are in the room but whose rows are gone. */
  readonly lost: readonly string[];
}

/** Somebody in the room, and their row. */
export interface Living extends Participant {
  readonly row: Row;
}

export interface AmongGhostsOptions {
  readonly table: RoomTable;
  /** The first one sends first, the second one next. */
  readonly living: readonly [Living, Living, ...Living[]];
  readonly ghosts: readonly Row[];
}

/**
 * Has one person send a message, waits until the room has deleted the ghosts, and has another person send one. By the
 * time that one arrives, any error caused by the first has arrived, too. Ends at the first mistake.
 */
export async function speakAmongGhosts(
  subject: Subject,
  { table, living, ghosts }: AmongGhostsOptions,
): Promise<AmongGhosts> {
  const told = () => firstTold(living);
  const lostFrom = (present: ReadonlySet<string>) => living.filter(({ row }) => !present.has(keyOf(row, table)));
  const [speaker, next] = living;
  const earlier = textsHeard(living);
  const text = saying();
  await speakToTheEnd(subject, speaker, living, text);
  const first = () => saidTo(speaker, living, text, earlier);
  const isWrong = () => told() !== undefined || !isRight(first());
  let lost: readonly Living[] = [];
  const left = await untilDeleted(subject, table, ghosts, (present) => {
    lost = lostFrom(present);
    return lost.length > 0 || isWrong();
  });
  const found = () => ({ first: first(), told: told(), left, lost: lost.map(({ label }) => label) });
  if (left.length > 0 || lost.length > 0 || isWrong()) return found();
  const answer = saying();
  await speakToTheEnd(subject, next, living, answer);
  lost = lostFrom(new Set(await keysPresent(subject, table)));
  return { ...found(), second: saidTo(next, living, answer, [...earlier, text]) };
}

/** How long API Gateway may take to report that a function has failed, in milliseconds. */
const REPORTED_WITHIN = { practice: 1_000, aws: 5_000 } as const;

/** Sends a message, and if somebody misses it, waits for the functions: they can run for longer than anyone waits. */
export async function speakToTheEnd(
  subject: Subject,
  speaker: Living,
  all: readonly Living[],
  text: string,
): Promise<void> {
  await speakTo(subject, speaker, all, { text });
  const isHeard = () => all.every(({ person }) => timesHeard(person, text) > 0);
  if (firstTold(all) !== undefined || isHeard()) return;
  await untilAllEnded(subject);
  await speaker.person.hears((frame) => isTrouble(frame) || isHeard(), REPORTED_WITHIN[subject.target.kind]);
}

/** Returns the labels of the people who didn't get a message. */
export function missedBy({ heard }: Pick<Said, 'heard'>): string[] {
  return Object.entries(heard).flatMap(([label, times]) => (times === 0 ? label : []));
}

/** Returns the messages that were sent, in order. */
export function saidIn({ first, second }: AmongGhosts): Said[] {
  return second === undefined ? [first] : [first, second];
}

/** Returns whether everyone got it exactly once, in its sender's name. */
export function isRight({ heard, instead }: Said): boolean {
  return instead === undefined && Object.values(heard).every((times) => times === 1);
}

/** A message's text, and other fields that a client can add to it. */
export interface Message {
  readonly text: string;
  readonly [field: string]: string;
}

/**
 * Sends a message, and waits until everyone got it or the sender got an error. By then no more copies are on their way.
 */
export async function speakTo(
  subject: Pick<Subject, 'target'>,
  { person: speaker }: Participant,
  all: readonly Participant[],
  message: Message,
): Promise<void> {
  const { text } = message;
  const people = all.map(({ person }) => person);
  const apart = APART[subject.target.kind];
  const isNew = after(speaker.heard);
  speaker.say({ action: 'sendmessage', ...message });
  const heard = firstHeard(people.map((person) => person.hears(says(text)))).then((frame) =>
    Promise.all(frame === undefined ? [] : people.map((person) => person.hears(says(text), apart))),
  );
  const failed = speaker.hears((frame) => isNew(frame) && isTrouble(frame));
  for (const late of [heard, failed]) late.catch(() => {});
  await Promise.race([heard, failed.then((frame) => (frame === undefined ? heard : undefined))]);
  // The function has ended: everything it posted has arrived once a ping comes back.
  if (people.some((person) => timesHeard(person, text) === 0)) {
    await Promise.all(people.map((person) => person.listens(0)));
  }
}

/** Returns a predicate for frames that came after these. */
function after(heard: readonly Frame[]): (frame: Frame) => boolean {
  const before = new Set(heard);
  return (frame) => !before.has(frame);
}

/** Returns the texts of all messages so far: somebody may have got an earlier one of a speaker, and not the next. */
export function textsHeard(people: readonly Participant[]): string[] {
  return people.flatMap(({ person }) => person.heard.map(({ fields }) => String(fields.text)));
}

/** Returns who has got somebody's message by now: the only one in their name, except for those with earlier texts. */
export function saidTo(
  speaker: Participant,
  all: readonly Participant[],
  text: string,
  earlier: readonly string[] = [],
): Said {
  const heard = Object.fromEntries(all.map(({ label, person }) => [label, timesHeard(person, text)]));
  const isOther = (frame: Frame) => says(text)(frame) && frame.fields.from !== speaker.person.name;
  const isAltered = (frame: Frame) =>
    frame.text.includes(text) ||
    (frame.fields.type === 'message' &&
      frame.fields.from === speaker.person.name &&
      !earlier.includes(String(frame.fields.text)));
  const instead = all.flatMap(({ label, person }): Array<[string, string]> => {
    const frame = person.heard.find(heard[label] === 0 ? isAltered : isOther);
    return frame === undefined ? [] : [[label, frame.text]];
  });
  return { speaker: speaker.label, heard, ...(instead.length === 0 ? {} : { instead: Object.fromEntries(instead) }) };
}

/** Returns who got an error, and which. `since` says how many frames of each are from before. */
export function firstTold(all: readonly Participant[], since: readonly number[] = []): AmongGhosts['told'] {
  for (const [index, { label, person }] of all.entries()) {
    const frame = person.heard.slice(since[index]).find(isTrouble);
    if (frame !== undefined) return { who: label, text: frame.text };
  }
  return undefined;
}

import type { Subject } from '../checking/check.ts';
import { answers, isTrouble, type Reply, replyTo, says } from './frames.ts';
import { untilIndexed } from './indexes.ts';
import { type Frame, type Person, RefusedError } from './person.ts';
import { makeOld, rowsIn, tablesOf } from './rows.ts';
import { saying } from './sayings.ts';
import { hasSecret } from './secret.ts';
import { type Ticket, type Visit, visit } from './visit.ts';

export type { Reply } from './frames.ts';

/** The result of one message in a room, and of the messages after it. */
export interface Spoken {
  /** Set if somebody was rejected; then no message was sent. */
  readonly refused?: number;
  readonly reply: Reply;
  /** How often Ada, who sent it, and Grace got it. */
  readonly heard: { readonly speaker: number; readonly listener: number };
  /** How often the others in the room got it, by their labels in the conversation. */
  readonly others?: Readonly<Record<string, number>>;
  /** What a delivered message lacks; undefined if it is complete. */
  readonly lacks?: string;
  /** What Grace got instead, if it was no message with that text. */
  readonly instead?: string;
  /** Whether all later messages arrived, too: only then can all copies of the first be counted. */
  readonly counted: boolean;
  /** What else went wrong, until the end of the conversation. */
  readonly trouble?: Trouble;
  readonly conversation: readonly string[];
}

/** What can go wrong in a conversation, apart from its first message. */
export type Trouble =
  /** Somebody got an error, although everyone got the message. */
  | { readonly kind: 'told'; readonly who: string; readonly text: string }
  | { readonly kind: 'missed'; readonly who: string; readonly speaker: string; readonly again: boolean }
  | { readonly kind: 'heard twice'; readonly who: string; readonly speaker: string; readonly times: number }
  /** The room closed somebody's connection. */
  | { readonly kind: 'closed'; readonly who: string }
  | { readonly kind: 'secret in a frame'; readonly who: string }
  | { readonly kind: 'secret in a table'; readonly table: string };

export interface SpeakOptions {
  /** Whether to follow the conversation to its end: four people, who all send, one of whom connected long ago. */
  readonly count: boolean;
  /** What they connect with, if the room requires signing in. */
  readonly tickets?: Tickets;
}

/** What a signed-in person with this first name connects with; a new token each time. */
export type Tickets = (firstName: string) => Promise<Ticket>;

/**
 * How much later than the first person another may get the same message, in milliseconds: a room may invoke a function
 * for each, and cold functions start slowly on AWS.
 */
export const APART = { practice: 5_000, aws: 15_000 } as const;

/** How long to wait for further frames at the end, in AWS milliseconds, and at least on this machine. */
const QUIET = 3_000;
const LEAST_QUIET = 400;

/**
 * People connect, and one sends a message that nobody could have prepared for. Ends at the first frames that decide it.
 */
export async function speak(subject: Subject, address: string, options: SpeakOptions): Promise<Spoken> {
  const { count, tickets } = options;
  return visit(subject, address, async (room) => {
    const joined = await joinAll(room, count ? ['Linus', 'Ada', 'Grace', 'Margaret'] : ['Ada', 'Grace'], tickets);
    if ('refused' in joined) return { ...nothing, refused: joined.refused, conversation: room.conversation };
    const { Ada: ada, Grace: grace, Linus: linus } = joined.people;
    if (ada === undefined || grace === undefined) throw new Error("Ada and Grace aren't in the room.");
    if (linus !== undefined) await makeOld(subject, linus.person.name);
    const all = Object.values(joined.people);
    const names = all.map(({ person }) => person.name);
    if (count) await untilIndexed(subject, names);
    const text = saying();
    ada.person.say({ action: 'sendmessage', text });
    await heardByAll(subject, ada.person, all, text);
    const times = Object.fromEntries(all.map(({ label, person }) => [label, timesHeard(person, text)]));
    const { Ada: speaker = 0, Grace: listener = 0, ...others } = times;
    const instead = listener > 0 ? undefined : grace.person.heard.find(isOf(ada.person, text));
    const first = { text, speaker: ada, times: 1 };
    const rounds = count && Object.values(times).every((each) => each > 0) ? await more(subject, all, first) : [first];
    const counted = rounds.length > 1 && firstMissed(rounds, all) === undefined;
    const lacks = firstOf(all, ({ person }) => whatItLacks(person, rounds));
    return {
      reply: replyTo('sendmessage', text, ada.person.heard.find(answers(text))),
      heard: { speaker, listener },
      ...(count ? { others } : {}),
      lacks,
      instead: instead?.text,
      counted,
      ...(count ? await troubleIn(subject, all, rounds) : {}),
      conversation: room.conversation,
    };
  });
}

/** Somebody in the room, their label, and their secrets. */
export interface Participant {
  readonly label: string;
  readonly person: Person;
  readonly secrets: readonly string[];
}

/** A message, and how often everyone must have got it by then. */
interface Round {
  readonly text: string;
  readonly speaker: Participant;
  readonly times: number;
}

/**
 * Waits until everyone got it or the sender got an error. Anyone may be the first to get it; the others get the time
 * that functions take to start.
 */
async function heardByAll(subject: Subject, speaker: Person, all: readonly Participant[], text: string): Promise<void> {
  const people = all.map(({ person }) => person);
  await firstHeard(people.map((person) => person.hears(person === speaker ? answers(text) : says(text))));
  const apart = APART[subject.target.kind];
  if (people.some((person) => timesHeard(person, text) > 0)) {
    await Promise.all(people.map((person) => person.hears(says(text), apart)));
  } else if (speaker.heard.some(isOf(speaker, text))) {
    await Promise.all(people.map((person) => person.hears(isOf(speaker, text), apart)));
  }
}

/**
 * The others send messages, too, then the first person sends the same text twice more, which the room must deliver like
 * any other. A room that remembers texts may do so in each process of a function. Ends at the first message that somebody misses, or when nothing more has arrived for a while.
 */
async function more(subject: Subject, all: readonly Participant[], first: Round): Promise<Round[]> {
  const others = all.filter((each) => each !== first.speaker).map((speaker) => ({ speaker, text: saying(), times: 1 }));
  // Coming last, the person who connected long ago is the likeliest to have been dropped meanwhile.
  const rounds: Round[] = [first];
  for (const round of [...others.reverse(), { ...first, times: 2 }, { ...first, times: 3 }]) {
    rounds.push(round);
    round.speaker.person.say({ action: 'sendmessage', text: round.text });
    const hearing = all.map(({ person }) => person.hears(() => timesHeard(person, round.text) >= round.times));
    if ((await Promise.all(hearing)).includes(undefined)) return rounds;
  }
  const { scale = subject.target.kind === 'aws' ? 1 : Number.POSITIVE_INFINITY } = subject.target;
  await Promise.all(all.map(({ person }) => person.listens(Math.max(LEAST_QUIET, QUIET / scale))));
  return rounds;
}

async function troubleIn(
  subject: Subject,
  all: readonly Participant[],
  rounds: readonly Round[],
): Promise<{ trouble?: Trouble }> {
  const secrets = all.flatMap((each) => each.secrets);
  const inFrame = all.find(({ person }) => person.heard.some((frame) => hasSecret(frame.text, secrets)));
  if (inFrame !== undefined) return { trouble: { kind: 'secret in a frame', who: inFrame.label } };
  const table = await tableWithSecret(subject, secrets);
  if (table !== undefined) return { trouble: { kind: 'secret in a table', table } };
  const told = firstOf(all, ({ label, person }): Trouble | undefined => {
    const frame = person.heard.find(isTrouble);
    return frame && { kind: 'told', who: label, text: frame.text };
  });
  const trouble = told ?? firstMissed(rounds, all) ?? heardTwice(rounds, all) ?? closed(all);
  return trouble === undefined ? {} : { trouble };
}

/** Returns the table that somebody's token or password was written to while they were in the room. */
async function tableWithSecret(subject: Subject, secrets: readonly string[]): Promise<string | undefined> {
  for (const table of tablesOf(subject)) {
    const rows = await rowsIn(subject, table);
    if (rows.some((row) => hasSecret(JSON.stringify(row), secrets))) return table;
  }
  return undefined;
}

function firstMissed(rounds: readonly Round[], all: readonly Participant[]): Trouble | undefined {
  return firstOf(rounds.slice(1), ({ text, times, speaker }) => {
    const misses = all.find(({ person }) => timesHeard(person, text) < times);
    return misses && { kind: 'missed', who: misses.label, speaker: speaker.label, again: times > 1 };
  });
}

function heardTwice(rounds: readonly Round[], all: readonly Participant[]): Trouble | undefined {
  return firstOf(rounds, ({ text, speaker }) => {
    const most = Math.max(...rounds.filter((round) => round.text === text).map(({ times }) => times));
    return firstOf(all, ({ label, person }): Trouble | undefined => {
      const times = timesHeard(person, text) - most + 1;
      return times > 1 ? { kind: 'heard twice', who: label, speaker: speaker.label, times } : undefined;
    });
  });
}

function closed(all: readonly Participant[]): Trouble | undefined {
  const gone = all.find(({ person }) => !person.isHere);
  return gone && { kind: 'closed', who: gone.label };
}

/** Returns what received messages lack; a page shows only one message per `id`. */
function whatItLacks({ heard }: Person, rounds: readonly Round[]): string | undefined {
  const messages = rounds.flatMap((round, index) => {
    const isFirst = rounds.findIndex(({ text }) => text === round.text) === index;
    const isLast = rounds.findLastIndex(({ text }) => text === round.text) === index;
    const copies = heard.filter(says(round.text));
    const frame = isFirst ? copies[0] : isLast ? copies.at(-1) : undefined;
    return frame === undefined ? [] : [{ frame, name: round.speaker.person.name }];
  });
  const lacks = firstOf(messages, ({ frame, name }) => whatLacks(frame, name));
  if (lacks !== undefined) return lacks;
  const ids = new Set(messages.map(({ frame }) => frame.fields.id));
  return ids.size === messages.length
    ? undefined
    : "it has the `id` of an earlier message, so a page treats it as a duplicate and doesn't show it";
}

/** Returns what a message lacks so that a page can show it: `docs/wire-format.md`. */
export function whatLacks({ fields: { from, at, id } }: Pick<Frame, 'fields'>, name: string): string | undefined {
  if (typeof from !== 'string') return "it doesn't say who sent it (`from`)";
  if (from !== name) return `it says that "${from}" sent it, but "${name}" did`;
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at))) return "it doesn't say when (`at`)";
  if (typeof id !== 'string' || id === '') return 'it has no `id`';
  return undefined;
}

/** Returns whether a frame delivers somebody's message, in whatever form, or anything else in their name. */
function isOf({ name }: Person, said: string): (frame: Frame) => boolean {
  return ({ text, fields }) => text.includes(said) || fields.from === name;
}

/** Returns how often somebody got a text. */
export function timesHeard({ heard }: Person, text: string): number {
  return heard.filter(says(text)).length;
}

const nothing = { reply: { kind: 'silence' }, heard: { speaker: 0, listener: 0 }, counted: false } as const;

/**
 * Connects people one after the other: one function instance is enough. Resolves with the status if one is rejected.
 */
export async function joinAll(
  room: Visit,
  names: readonly string[],
  tickets?: Tickets,
): Promise<{ people: Record<string, Participant> } | { refused: number }> {
  const people: Record<string, Participant> = {};
  try {
    for (const [index, label] of names.entries()) {
      const ticket = await tickets?.(label);
      // A room must not need a User-Agent, nor its absence.
      const person = await room.join(label, { ...ticket, isBrowser: index % 2 === 0 });
      people[label] = { label, person, secrets: ticket?.secrets ?? [] };
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

function firstOf<T, Found>(from: readonly T[], find: (each: T) => Found | undefined): Found | undefined {
  for (const each of from) {
    const found = find(each);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Resolves with the first frame that one of them gets; undefined if none does. */
export function firstHeard(hearings: ReadonlyArray<Promise<Frame | undefined>>): Promise<Frame | undefined> {
  return new Promise((resolve, reject) => {
    for (const hearing of hearings) hearing.then((frame) => frame && resolve(frame), reject);
    Promise.all(hearings).then(() => resolve(undefined), reject);
  });
}

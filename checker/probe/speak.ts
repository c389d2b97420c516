import type { Subject } from '../checking/check.ts';
import { answers, type Reply, replyTo, says } from './frames.ts';
import { untilIndexed } from './indexes.ts';
import { joinAll, type Participant, type Tickets } from './join-all.ts';
import { longText } from './long-saying.ts';
import type { Frame, Person } from './person.ts';
import { makeOld } from './rows.ts';
import { saying, unusualSaying } from './sayings.ts';
import { firstMissed, type Round, type Trouble, timesHeard, troubleIn, whatTheyLack } from './trouble.ts';
import { untilQuiet } from './until-quiet.ts';
import { visit } from './visit.ts';

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
  /** A missing part of a delivered message; undefined if it is complete. */
  readonly lacks?: string;
  /** The frame Grace got instead, if it was no message with that text. */
  readonly instead?: string;
  /** Whether all later messages arrived, too: only then can all copies of the first be counted. */
  readonly counted: boolean;
  /** Any other fault, until the end of the conversation. */
  readonly trouble?: Trouble;
  readonly conversation: readonly string[];
}

export interface SpeakOptions {
  /**
   * Whether to follow the conversation to its end: three people, one of whom connected long ago, and one of whom opens a
   * second tab after the first message. All of them send.
   */
  readonly count: boolean;
  /** Whether somebody else comes instead of that tab: a room can keep one connection for each name. */
  readonly isTabless?: boolean | undefined;
  /** Tokens to connect with, if the room requires signing in. */
  readonly tickets?: Tickets;
  /** Called when somebody has connected, before the next one does. */
  readonly onJoined?: (participant: Participant) => Promise<void>;
  /** Called when everything was said, while everyone is in the room. */
  readonly onSpoken?: (spoken: Spoken, people: readonly Participant[]) => Promise<void>;
}

/**
 * How much later than the first person another may get the same message, in milliseconds: a room may invoke a function
 * for each, and cold functions start slowly on AWS.
 */
export const APART = { practice: 5_000, aws: 15_000 } as const;

/** The label of the tab that Ada opens after her first message. The room knows it by her name. */
export const SECOND_TAB = "Ada's second tab";

/**
 * People connect, and one sends a message that nobody could have prepared for. Ends at the first frames that decide it.
 */
export async function speak(subject: Subject, address: string, options: SpeakOptions): Promise<Spoken> {
  const { count, isTabless, tickets, onJoined, onSpoken } = options;
  return visit(subject, address, async (room) => {
    const names = count ? ['Linus', 'Ada', 'Grace'] : ['Ada', 'Grace'];
    const joined = await joinAll(room, names, tickets, onJoined);
    if ('refused' in joined) return { ...nothing, refused: joined.refused, conversation: room.conversation };
    const { Ada: ada, Grace: grace, Linus: linus } = joined.people;
    if (ada === undefined || grace === undefined) throw new Error("Ada and Grace aren't in the room.");
    if (linus !== undefined) await makeOld(subject, linus.person.name);
    const present = Object.values(joined.people);
    if (count) await untilIndexed(subject, namesOf(present));
    const text = saying();
    ada.person.say({ action: 'sendmessage', text });
    await heardByAll(subject, ada.person, present, text);
    const times = Object.fromEntries(present.map(({ label, person }) => [label, timesHeard(person, text)]));
    const { Ada: speaker = 0, Grace: listener = 0, ...others } = times;
    const instead = listener > 0 ? undefined : grace.person.heard.find(isOf(ada.person, text));
    const first = { text, speaker: ada, times: 1 };
    const goesOn = count && Object.values(times).every((each) => each > 0);
    const again: Tickets = async () => (await tickets?.('Ada')) ?? { says: ada.person.name };
    const [late, theirs] = isTabless ? ['Margaret', tickets] : [SECOND_TAB, again];
    const opened = await joinAll(room, goesOn ? [late] : [], theirs, onJoined);
    if ('refused' in opened) return { ...nothing, refused: opened.refused, conversation: room.conversation };
    // The last one may have to leave afterward, and then nobody in the room should have their name.
    const all = [...present.slice(0, -1), ...Object.values(opened.people), ...present.slice(-1)];
    if (goesOn) await untilIndexed(subject, namesOf(all));
    const rounds = goesOn ? await more(subject, all, first) : [first];
    const counted = rounds.length > 1 && firstMissed(rounds, all) === undefined;
    const lacks = whatTheyLack(all, rounds);
    const spoken: Spoken = {
      reply: replyTo('sendmessage', text, ada.person.heard.find(answers(text))),
      heard: { speaker, listener },
      others: count ? others : undefined,
      lacks,
      instead: instead?.text,
      counted,
      ...(count ? await troubleIn(subject, all, rounds) : {}),
      conversation: room.conversation,
    };
    await onSpoken?.(spoken, all);
    return spoken;
  });
}

function namesOf(people: readonly Participant[]): string[] {
  return people.map(({ person }) => person.name);
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
 * The others send messages, too, then one of them sends the same text twice more, which the room must deliver like any
 * other. A function that remembers texts does so in each of its processes, so once more would not be enough. Ends at
 * the first message that somebody misses, or when nothing more has arrived for a while.
 */
async function more(subject: Subject, all: readonly Participant[], first: Round): Promise<Round[]> {
  const others = all
    .filter((each) => each !== first.speaker)
    .map((speaker, index) => ({ speaker, text: index === 0 ? longText(unusualSaying()) : saying(), times: 1 }))
    .reverse();
  // Coming last, the person who connected long ago is the likeliest to have been dropped meanwhile.
  const rounds: Round[] = [first];
  const again = others.slice(0, 1).flatMap((round) => [2, 3].map((times) => ({ ...round, times })));
  for (const round of [...others, ...again]) {
    rounds.push(round);
    round.speaker.person.say({ action: 'sendmessage', text: round.text });
    const hearing = all.map(({ person }) => person.hears(() => timesHeard(person, round.text) >= round.times));
    if ((await Promise.all(hearing)).includes(undefined)) return rounds;
  }
  await untilQuiet(
    subject,
    all.map(({ person }) => person),
  );
  return rounds;
}

/** Returns whether a frame delivers somebody's message, in whatever form, or anything else in their name. */
function isOf({ name }: Person, said: string): (frame: Frame) => boolean {
  return ({ text, fields }) => text.includes(said) || fields.from === name;
}

const nothing = { reply: { kind: 'silence' }, heard: { speaker: 0, listener: 0 }, counted: false } as const;

/** Resolves with the first frame that one of them gets; undefined if none does. */
export function firstHeard(hearings: ReadonlyArray<Promise<Frame | undefined>>): Promise<Frame | undefined> {
  return new Promise((resolve, reject) => {
    for (const hearing of hearings) hearing.then((frame) => frame && resolve(frame), reject);
    Promise.all(hearings).then(() => resolve(undefined), reject);
  });
}

import { isCrash, isTrouble, says } from '../../probe/frames.ts';
import { lettersOf, runsIn } from '../../probe/needles.ts';
import type { Frame } from '../../probe/person.ts';
import { readingsOf } from '../../probe/readings.ts';
import { GENERAL } from '../../sign-in/two-channels.ts';

/** A message as it was sent: `text` is all of it, `words` only what its speaker says. */
export interface Message {
  readonly text: string;
  readonly words: string;
  /** The room's name for the speaker. */
  readonly from: string;
  /** The channel that the speaker is in. */
  readonly channel: string;
}

/** One message, its channel, and the result. */
export interface Round extends Message {
  readonly speaker: string;
  /** The channel of another connection of the same person, if they have one. */
  readonly alsoIn?: string;
  /** The channel that the message named, if it did. */
  readonly claims?: {
    /** `in the field channel` */
    readonly where: string;
    readonly channel: string;
    /** Set if it did so in the handlers' own fields. */
    readonly isOwn?: true | undefined;
  };
  /** How often each person in the channel got it, by their label in the conversation. Empty if that doesn't matter. */
  readonly inside: Readonly<Record<string, number>>;
  /** The channel of each person outside. */
  readonly elsewhere: Readonly<Record<string, string>>;
  /** People outside the channel who got any of it. */
  readonly outside: readonly string[];
  /** Those of them who got none of its words: a frame with its sender, its channel or its id. */
  readonly noticed?: readonly string[];
  /** Tabs outside the channel of people who also have one in it, by label. */
  readonly alsoInside?: readonly string[];
  /** What somebody in the channel got instead: a frame with its text that is no message. */
  readonly instead?: string;
  /** Set if the speaker had no row: then the room can't know who is in the channel. */
  readonly isUnlisted?: true;
  /** The error that the sender got. */
  readonly told?: string;
  /** Somebody missed it, so it was repeated: an index can be a moment behind. */
  readonly isSaidAgain?: true;
}

/** A fault in a conversation. */
export type Wrong =
  | { readonly kind: 'leaked'; readonly round: Round; readonly between: Between }
  | { readonly kind: 'claim believed'; readonly round: Round }
  /** An ordinary message left its channel, but only since one that named another channel. */
  | { readonly kind: 'moved'; readonly round: Round }
  | { readonly kind: 'error'; readonly round: Round; readonly missed: readonly string[] }
  | { readonly kind: 'missed'; readonly round: Round; readonly missed: readonly string[] }
  | { readonly kind: 'twice'; readonly round: Round; readonly who: string; readonly times: number };

/**
 * Between which channels messages leak: all, only from one in which the room finds nobody, only from or to `general`,
 * only those that one person has connections in, or only some others.
 */
export type Between = 'all' | 'of nobody' | 'general' | 'of one person' | 'some';

/** Returns what is wrong with a conversation, the worst first; undefined if nothing is. */
export function wrongIn(rounds: readonly Round[]): Wrong | undefined {
  return leakIn(rounds) ?? firstOf(rounds, failureOf);
}

/** Returns whether nothing more needs to be said: this round alone shows that something is wrong. */
export function decides(round: Round): boolean {
  return round.isSaidAgain !== true && wrongIn([round]) !== undefined;
}

/** Returns the people in the channel who didn't get it. */
export function missedBy({ inside }: Round): string[] {
  return Object.entries(inside).flatMap(([who, times]) => (times === 0 ? who : []));
}

/** Returns the people in the channel who got it. */
export function heardBy({ inside }: Round): string[] {
  return Object.entries(inside).flatMap(([who, times]) => (times > 0 ? who : []));
}

function leakIn(rounds: readonly Round[]): Wrong | undefined {
  const leaks = rounds.filter(({ outside }) => outside.length > 0);
  const isPlain = ({ claims }: Round) => claims === undefined;
  const [first] = leaks;
  const [plain] = leaks.filter(isPlain);
  if (plain === undefined) return first && { kind: 'claim believed', round: first };
  if (plain !== first) return { kind: 'moved', round: plain };
  return { kind: 'leaked', round: plain, between: betweenWhich(rounds.filter(isPlain)) };
}

function betweenWhich(rounds: readonly Round[]): Between {
  const paths = rounds.flatMap(({ channel: from, alsoIn, alsoInside = [], isUnlisted, elsewhere, outside }) =>
    Object.entries(elsewhere).map(([who, to]) => {
      const isOfOne = to === alsoIn || alsoInside.includes(who);
      return { from, to, isOfOne, isUnlisted, leaks: outside.includes(who) };
    }),
  );
  const leaky = paths.filter(({ leaks }) => leaks);
  if (leaky.length === paths.length) return 'all';
  if (leaky.every(({ isUnlisted }) => isUnlisted)) return 'of nobody';
  if (leaky.every(({ isOfOne }) => isOfOne)) return 'of one person';
  const isGeneral = leaky.every(({ from, to }) => from === GENERAL || to === GENERAL);
  // If only these leak, somebody compared the names in one case.
  const isCase = leaky.every(({ from, to }) => from.toLowerCase() === to.toLowerCase());
  return isGeneral && !isCase ? 'general' : 'some';
}

function failureOf(round: Round): Wrong | undefined {
  const { claims, told, inside, isSaidAgain } = round;
  const [twice] = Object.entries(inside).filter(([, times]) => times > 1);
  if (twice !== undefined) return { kind: 'twice', round, who: twice[0], times: twice[1] };
  const missed = missedBy(round);
  if (missed.length === 0)
    return told === undefined || claims !== undefined ? undefined : { kind: 'error', round, missed };
  // A room can ignore the additional fields of a message, or reject the message for everyone.
  if (claims !== undefined && missed.length === Object.keys(inside).length && !isCrash(told)) return undefined;
  if (told !== undefined) return { kind: 'error', round, missed };
  return isSaidAgain === true ? undefined : { kind: 'missed', round, missed };
}

/** Returns who got a message, of all that were sent, from the frames that each person has got so far. */
export function heardOf(
  message: Message,
  all: readonly Message[],
  people: ReadonlyArray<{ readonly label: string; readonly isInside: boolean; readonly heard: readonly Frame[] }>,
): Pick<Round, 'inside' | 'outside' | 'noticed' | 'instead'> {
  const inside = people.filter(({ isInside }) => isInside);
  const outside = people.filter(({ isInside }) => !isInside);
  const isOther = (frame: Frame) => frame.text.includes(message.text) && !says(message.text)(frame);
  const ids = inside.flatMap(({ heard }) => heard.filter(says(message.text)).map(({ fields }) => fields.id));
  const leaked = outside.filter(({ heard }) => heard.some(isOf(message, all, ids)));
  const noticed = leaked.filter(({ heard }) => !heard.some(hasWordsOf(message)));
  return {
    inside: Object.fromEntries(inside.map(({ label, heard }) => [label, heard.filter(says(message.text)).length])),
    outside: leaked.map(({ label }) => label),
    ...(noticed.length === 0 ? {} : { noticed: noticed.map(({ label }) => label) }),
    instead: inside.flatMap(({ heard }) => (heard.some(says(message.text)) ? [] : (heard.find(isOther) ?? [])))[0]
      ?.text,
  };
}

/**
 * How many letters in a row give a message away. Whatever is around a text in a frame can continue it by chance, so two
 * texts of one conversation must share even fewer.
 */
const ENOUGH = 10;
const FEW = 7;

/** How long an id is that no two messages share by chance. */
const SHORTEST_ID = 8;

/**
 * Returns a test for frames with a telling part of a message, its speaker's name, its channel, or one of its ids, in
 * any form that needs no key: what a page hides or shortens was sent anyway. A frame with words of another message
 * belongs to that one, whoever spoke.
 */
export function isOf(
  { words, from, channel }: Pick<Message, 'words' | 'from' | 'channel'>,
  all: ReadonlyArray<Pick<Message, 'words'>> = [],
  ids: readonly unknown[] = [],
): (frame: Pick<Frame, 'text'> & Partial<Pick<Frame, 'fields'>>) => boolean {
  const runs = runsOf(words);
  const name = lettersOf(from);
  return (frame) => {
    const read = readingOf(frame);
    const has = (some: readonly string[]) => some.some((run) => read.runs.has(run));
    if (has(runs)) return true;
    const isNamed = name !== '' && read.letters.some((each) => each.includes(name));
    const { id, channel: named } = frame.fields ?? {};
    // Everyone has heard of this one, and an error can name the channel that somebody asked for.
    const isAnswer = isTrouble({ fields: {}, ...frame });
    const isInChannel = named === channel && channel !== GENERAL && !isAnswer;
    // A short one can be a number that another channel has, too.
    const hasId = typeof id === 'string' && id.length >= SHORTEST_ID && ids.includes(id);
    return (isNamed || hasId || isInChannel) && !all.some((other) => has(runsOf(other.words)));
  };
}

/** Returns a test for frames with a telling part of a message itself. */
function hasWordsOf({ words }: Pick<Message, 'words'>): (frame: Pick<Frame, 'text'>) => boolean {
  const runs = runsOf(words);
  return (frame) => runs.some((run) => readingOf(frame).runs.has(run));
}

function runsOf(words: string): string[] {
  return runsIn(lettersOf(words), ENOUGH);
}

/** Returns whether two texts share so much that one could be taken for a part of the other. */
export function isAlike(one: string, other: string): boolean {
  const runs = new Set(runsIn(lettersOf(other), FEW));
  return runsIn(lettersOf(one), FEW).some((run) => runs.has(run));
}

interface Read {
  /** The letters of each reading. */
  readonly letters: readonly string[];
  readonly runs: ReadonlySet<string>;
}

const known = new WeakMap<Pick<Frame, 'text'>, Read>();

/** Reads a frame in every way that needs no key. Once: the same frames are asked about after each message. */
function readingOf(frame: Pick<Frame, 'text'>): Read {
  const before = known.get(frame);
  if (before !== undefined) return before;
  const letters = Array.from(readingsOf(frame.text), ({ text }) => lettersOf(text));
  const read = { letters, runs: new Set(letters.flatMap((each) => runsIn(each, ENOUGH))) };
  known.set(frame, read);
  return read;
}

/** Returns the message of the first error frame, if there is one. */
export function toldIn(frames: readonly Frame[]): string | undefined {
  const frame = frames.find(isTrouble);
  return frame === undefined ? undefined : String(frame.fields.message);
}

function firstOf<T, Found>(from: readonly T[], find: (each: T) => Found | undefined): Found | undefined {
  for (const each of from) {
    const found = find(each);
    if (found !== undefined) return found;
  }
  return undefined;
}

import { isCrash, isTrouble, says } from '../../probe/frames.ts';
import type { Frame } from '../../probe/person.ts';
import { GENERAL } from '../../sign-in/two-channels.ts';
import { hasAllOf, hasWordsOf, isOf, type Message } from './telling.ts';

/**
 * Why it is hard for a room to find the people in a channel: each read returns one row, one of the reads fails, the
 * connection of one of them is stale, or they have no rows.
 */
export type Hardship = 'pages' | 'failing read' | 'stale row' | 'no rows';

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
    /** What it said there, if not that channel's name. */
    readonly says?: string | undefined;
    /** Set if it did so in the handlers' own fields. */
    readonly isOwn?: true | undefined;
    /** Set if only its text is unusual. */
    readonly isText?: true | undefined;
    /** Set if no room has a reason to reject it: it only has a long text. */
    readonly mustArrive?: true | undefined;
  };
  /** How often each person in the channel got it, by their label in the conversation. Empty if that doesn't matter. */
  readonly inside: Readonly<Record<string, number>>;
  /** The channel of each person outside. */
  readonly elsewhere: Readonly<Record<string, string>>;
  /** People outside the channel who got any of it. */
  readonly outside: readonly string[];
  /** Those of them who got none of its words: a frame with its sender, its channel or its id. */
  readonly noticed?: readonly string[];
  /** Where people outside named this channel before, and not in this message: `at the handshake`. */
  readonly named?: Readonly<Record<string, string>>;
  /** Tabs outside the channel of people who also have one in it, by label. */
  readonly alsoInside?: readonly string[];
  /** What somebody in the channel got instead: a frame with its text that is no message. */
  readonly instead?: string;
  /** Why it was hard for the room to find the people in the channel, if it was. */
  readonly despite?: Hardship | undefined;
  /** The error that the sender got. */
  readonly told?: string;
  /** Somebody missed it, so it was repeated: an index can be a moment behind. */
  readonly isSaidAgain?: true;
}

/** A fault in a conversation. */
export type Wrong =
  | { readonly kind: 'leaked'; readonly round: Round; readonly between: Between }
  | { readonly kind: 'claim believed'; readonly round: Round }
  /** An ordinary message reached only people who had named its channel elsewhere. */
  | { readonly kind: 'name believed'; readonly round: Round }
  /** An ordinary message left its channel, but only since one that named another channel. */
  | { readonly kind: 'moved'; readonly round: Round }
  | { readonly kind: 'error'; readonly round: Round; readonly missed: readonly string[] }
  | { readonly kind: 'missed'; readonly round: Round; readonly missed: readonly string[] }
  | { readonly kind: 'twice'; readonly round: Round; readonly who: string; readonly times: number };

/**
 * Between which channels messages leak: all, only if it is hard to find people, only from or to `general`, only those
 * that one person has connections in, only some others, or to only some of the connections in a channel.
 */
export type Between = 'all' | Hardship | 'general' | 'of one person' | 'some' | 'some connections';

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
  if (first !== undefined && leaks.every(isToThoseWhoNamedIt)) return { kind: 'name believed', round: first };
  const [plain] = leaks.filter(isPlain);
  if (plain === undefined) return first && { kind: 'claim believed', round: first };
  if (plain !== first) return { kind: 'moved', round: plain };
  return { kind: 'leaked', round: plain, between: betweenWhich(rounds.filter(isPlain)) };
}

function isToThoseWhoNamedIt({ outside, named = {} }: Round): boolean {
  return outside.every((who) => Object.hasOwn(named, who));
}

function betweenWhich(rounds: readonly Round[]): Between {
  const paths = rounds.flatMap(({ channel: from, alsoIn, alsoInside = [], despite, elsewhere, outside }) =>
    Object.entries(elsewhere).map(([who, to]) => {
      const isOfOne = to === alsoIn || alsoInside.includes(who);
      return { from, to, isOfOne, despite, leaks: outside.includes(who) };
    }),
  );
  const leaky = paths.filter(({ leaks }) => leaks);
  if (leaky.length === paths.length) return 'all';
  const [hardship, ...others] = new Set(leaky.map(({ despite }) => despite));
  if (hardship !== undefined && others.length === 0) return hardship;
  if (leaky.every(({ isOfOne }) => isOfOne)) return 'of one person';
  // The names of the channels can't make that difference.
  if (rounds.some(isUneven)) return 'some connections';
  const isGeneral = leaky.every(({ from, to }) => from === GENERAL || to === GENERAL);
  // If only these leak, somebody compared the names in one case.
  const isCase = leaky.every(({ from, to }) => from.toLowerCase() === to.toLowerCase());
  return isGeneral && !isCase ? 'general' : 'some';
}

/** Whether a message reached some people of another channel, and others of the same channel not. */
function isUneven({ elsewhere, outside, named = {} }: Round): boolean {
  const those = Object.entries(elsewhere).filter(([who]) => !Object.hasOwn(named, who));
  return those.some(
    ([who, to]) => outside.includes(who) && those.some(([one, also]) => also === to && !outside.includes(one)),
  );
}

function failureOf(round: Round): Wrong | undefined {
  const { claims, told, inside, isSaidAgain } = round;
  const [twice] = Object.entries(inside).filter(([, times]) => times > 1);
  if (twice !== undefined) return { kind: 'twice', round, who: twice[0], times: twice[1] };
  const missed = missedBy(round);
  // A room can ignore the additional fields of a message, or reject the message for everyone: it can also have words
  // that it doesn't want.
  const mayBeRejected = claims !== undefined && claims.mustArrive !== true;
  if (missed.length === 0) return told === undefined || mayBeRejected ? undefined : { kind: 'error', round, missed };
  if (mayBeRejected && missed.length === Object.keys(inside).length && !isCrash(told)) return undefined;
  if (told !== undefined) return { kind: 'error', round, missed };
  return isSaidAgain === true ? undefined : { kind: 'missed', round, missed };
}

/** Somebody in the room, and the frames that they have got since a message was sent. */
interface Listener {
  readonly label: string;
  readonly isInside: boolean;
  readonly heard: readonly Frame[];
  /** Whether the name of the speaker alone doesn't tell them anything. */
  readonly isKnown?: boolean;
  /** Set if they asked for something that can have what others said elsewhere: only the whole message counts then. */
  readonly asked?: true | undefined;
}

/** Returns who got a message, of all that were sent. */
export function heardOf(
  message: Message,
  all: readonly Message[],
  people: readonly Listener[],
): Pick<Round, 'inside' | 'outside' | 'noticed' | 'instead'> {
  const inside = people.filter(({ isInside }) => isInside);
  const outside = people.filter(({ isInside }) => !isInside);
  const isOther = (frame: Frame) => frame.text.includes(message.words) && !says(message.text)(frame);
  const ids = inside.flatMap(({ heard }) => heard.filter(says(message.text)).map(({ fields }) => fields.id));
  const leaked = outside.filter(({ heard, isKnown, asked }) =>
    heard.some(asked ? hasAllOf(message) : isOf(isKnown === true ? { ...message, from: '' } : message, all, ids)),
  );
  const noticed = leaked.filter(({ heard }) => !heard.some(hasWordsOf(message)));
  return {
    inside: Object.fromEntries(inside.map(({ label, heard }) => [label, heard.filter(says(message.text)).length])),
    outside: leaked.map(({ label }) => label),
    ...(noticed.length === 0 ? {} : { noticed: noticed.map(({ label }) => label) }),
    instead: inside.flatMap(({ heard }) => (heard.some(says(message.text)) ? [] : (heard.find(isOther) ?? [])))[0]
      ?.text,
  };
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

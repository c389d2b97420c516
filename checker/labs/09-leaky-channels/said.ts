import type { Participant } from '../../probe/join-all.ts';
import type { Frame } from '../../probe/person.ts';
import { saying } from '../../probe/sayings.ts';
import { GENERAL } from '../../sign-in/two-channels.ts';
import { type Hardship, heardOf, type Round, toldIn } from './rounds.ts';
import { hasAllOf, isAlike, isOf, type Message } from './telling.ts';

/** Somebody in one of the channels. */
export interface Member extends Participant {
  readonly channel: string;
  /** A channel that they aren't in and that they named, and where: `at the handshake`. */
  readonly named?: { readonly channel: string; readonly where: string };
  /** Set if they have sent messages for other routes. An answer can be the history of their own channel. */
  readonly asked?: true;
  /** Set if they have the channel and the name because of a word in the handlers, which can mean something there. */
  readonly isInWords?: true;
  /** The id of their connection, if a row with their name has it. */
  readonly connectionId?: string | undefined;
}

/** A message in a channel, with what is needed to tell who got it, as long as people are in the room. */
export interface Said extends Message {
  readonly speaker: Member;
  /** Everyone who was in the room. */
  readonly present: readonly Member[];
  /** When, in milliseconds since the conversation began. */
  readonly at: number;
  readonly claims?: Round['claims'];
  /** How many frames the speaker had got before, and after the result was clear. */
  readonly start: number;
  readonly end: number;
  readonly isSaidAgain?: true;
  /** Whether nobody in the channel got it, and its speaker no error. */
  readonly isSilent?: boolean;
  readonly despite?: Hardship;
}

/** Returns a text that has nothing telling in common with earlier ones. */
export function newSaying(before: readonly Said[]): string {
  for (;;) {
    const words = saying();
    // A long text has more that could be taken for a part of this one.
    if (!before.some((said) => isAlike(words, said.text))) return words;
  }
}

/** Returns the tabs that must not get what somebody says: all in other channels, the speaker's own among them. */
export function outsideOf({ channel }: Member, present: readonly Member[]): Member[] {
  return present.filter((one) => one.channel !== channel);
}

/**
 * Returns whether the name of a speaker means nothing in a tab, because they also have a tab in its channel: people
 * there get it in a receipt, or when that tab joins. `all` are the messages of the conversation.
 */
function isKnownIn(
  { channel }: Member,
  { from, present }: Pick<Said, 'from' | 'present'>,
  all: readonly Said[],
): boolean {
  // Most messages have the same people.
  const groups = new Set([present, ...all.map((one) => one.present)]);
  return [...groups].some((those) => those.some((each) => each.channel === channel && each.person.name === from));
}

/** Returns a test for frames about a message that somebody outside its channel gets: nothing before it is about it. */
export function leaksTo(
  tab: Member,
  said: Message & Pick<Said, 'present' | 'at'>,
  all: readonly Said[],
): (frame: Frame) => boolean {
  const isAbout = tab.asked ? hasAllOf(said) : isOf(isKnownIn(tab, said, all) ? { ...said, from: '' } : said, all);
  return (frame) => frame.at >= said.at && isAbout(frame);
}

/** Returns how long the slowest leak took so far, in milliseconds; 0 if nothing leaked. */
export function slowestLeak(said: readonly Said[]): number {
  const took = said.flatMap((one) =>
    outsideOf(one.speaker, one.present)
      .flatMap((tab) => tab.person.heard.find(leaksTo(tab, one, said)) ?? [])
      .map((frame) => frame.at - one.at),
  );
  return Math.max(0, ...took);
}

/** Returns who got a message so far, and what its speaker got. `all` are the messages of the conversation. */
export function roundOf(said: Said, all: readonly Said[]): Round {
  const { speaker, present, text, words, from, at, claims, start, end, isSaidAgain, despite } = said;
  const inside = present.filter(({ channel }) => channel === speaker.channel);
  const outside = outsideOf(speaker, present);
  const people = [...inside, ...outside].map((tab) => ({
    label: tab.label,
    isInside: tab.channel === speaker.channel,
    heard: tab.person.heard.filter((frame) => frame.at >= at),
    isKnown: isKnownIn(tab, said, all),
    asked: tab.asked,
  }));
  const alsoIn = present.find((one) => one.channel !== speaker.channel && one.person.name === speaker.person.name);
  const alsoInside = outside.filter(({ person }) => inside.some((one) => one.person.name === person.name));
  const message: Message = { text, words, from, channel: speaker.channel };
  const heard = heardOf(message, all, people);
  // Whether people in `general`, on later pages or beside a stale row get each other's messages is the next check's
  // question. A message with the handlers' own fields or in a channel with their words can mean anything, and if the
  // speaker has no row or a read fails, it can be rejected.
  const isOwn = claims?.isOwn === true || speaker.isInWords === true;
  const isOpen = speaker.channel === GENERAL || isOwn || despite !== undefined;
  const told = isOpen ? undefined : toldIn(speaker.person.heard.slice(start, end));
  return {
    speaker: speaker.label,
    alsoIn: alsoIn?.channel,
    alsoInside: alsoInside.map(({ label }) => label),
    ...message,
    elsewhere: Object.fromEntries(outside.map(({ label, channel }) => [label, channel])),
    inside: isOpen ? {} : heard.inside,
    outside: heard.outside,
    named: Object.fromEntries(
      outside.flatMap(({ label, named }) => (named?.channel === speaker.channel ? [[label, named.where]] : [])),
    ),
    noticed: heard.noticed,
    instead: isOpen ? undefined : heard.instead,
    claims,
    told,
    isSaidAgain,
    despite,
  };
}

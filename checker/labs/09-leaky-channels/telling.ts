import { isTrouble } from '../../probe/frames.ts';
import { lettersOf, runsIn } from '../../probe/needles.ts';
import type { Frame } from '../../probe/person.ts';
import { readingsOf } from '../../probe/readings.ts';
import { remembered } from '../../probe/remembered.ts';
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

/**
 * How many letters in a row give a message away. Whatever is around a text in a frame can continue it by chance, so two
 * texts of one conversation must share even fewer.
 */
const ENOUGH = 10;
const FEW = 7;

/** How long an id is that no two messages share by chance. */
const SHORTEST_ID = 8;

/** How many texts and readings are remembered: the messages of a conversation, and the frames of a few of them. */
const MOST = { texts: 300, readings: 50 } as const;

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
export function hasWordsOf({ words }: Pick<Message, 'words'>): (frame: Pick<Frame, 'text'>) => boolean {
  const runs = runsOf(words);
  return (frame) => runs.some((run) => readingOf(frame).runs.has(run));
}

/**
 * Returns a test for frames with all that somebody said, in any form that needs no key. For frames with much of what
 * others said elsewhere, which can share a few words with any message.
 */
export function hasAllOf({ words }: Pick<Message, 'words'>): (frame: Pick<Frame, 'text'>) => boolean {
  const all = lettersOf(words);
  return (frame) => readingOf(frame).letters.some((each) => each.includes(all));
}

/** Once for each text: every message is compared with all frames. */
const runsOf = remembered(MOST.texts, (words: string): readonly string[] => runsIn(lettersOf(words), ENOUGH));

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
  const read = known.get(frame) ?? readText(frame.text);
  known.set(frame, read);
  return read;
}

/** Mostly, everyone gets the same text at about the same time. */
const readText = remembered(MOST.readings, (text: string): Read => {
  const letters = Array.from(readingsOf(text), (reading) => lettersOf(reading.text));
  return { letters, runs: new Set(letters.flatMap((each) => runsIn(each, ENOUGH))) };
});

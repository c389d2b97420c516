import { isTrouble } from '../../probe/frames.ts';
import type { Frame } from '../../probe/person.ts';
import { shortened } from '../../probe/shortened.ts';
import { outsideOf, type Said } from './said.ts';

/** A tab that got something of its own after nearly every message of other channels: a part of it, or only a sign. */
export interface Signal {
  readonly who: string;
  readonly channel: string;
  /** How many messages it was of how many. */
  readonly times: number;
  readonly messages: number;
  /** One of the frames. */
  readonly frame: string;
}

/** How many messages it takes, and which share of them. A frame can come late, or at somebody else's arrival. */
const ENOUGH = { messages: 6, share: 0.8 };

/** Before which later message a frame comes. On a busy computer, people can send the next ones before it does. */
const LATE = 4;

/** How many messages a channel can have: what the room sends after each of its own isn't about the others. */
const MOST_OWN = 3;

/**
 * Returns a tab that got a frame after nearly every message of other channels; undefined if none did. A few letters of
 * a text can be in any frame by chance, so what the frames say doesn't matter.
 */
export function signalIn(said: readonly Said[]): Signal | undefined {
  const present = said.at(0)?.present ?? [];
  for (const { label, channel, person } of present) {
    const own = said.filter(({ speaker }) => speaker.channel === channel);
    const messages = said.filter((one) => outsideOf(one.speaker, one.present).some((each) => each.label === label));
    if (own.length > MOST_OWN || messages.length < ENOUGH.messages) continue;
    const isExplained = (frame: Frame) => isTrouble(frame) || own.some(({ words }) => frame.text.includes(words));
    const found = new Set<Frame>();
    for (const one of messages) {
      const { at: end = Number.POSITIVE_INFINITY } = said[said.indexOf(one) + LATE] ?? {};
      const isItsOwn = (frame: Frame) => frame.at >= one.at && frame.at < end && !found.has(frame);
      const frame = person.heard.find((each) => isItsOwn(each) && !isExplained(each));
      if (frame !== undefined) found.add(frame);
    }
    const after = [...found];
    const frame = after.at(-1)?.text;
    if (frame === undefined || after.length < messages.length * ENOUGH.share) continue;
    return { who: label, channel, times: after.length, messages: messages.length, frame: shortened(frame) };
  }
  return undefined;
}

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
    const after = messages.flatMap((one) => {
      const { at: next = Number.POSITIVE_INFINITY } = said[said.indexOf(one) + 1] ?? {};
      return person.heard.find((frame) => frame.at >= one.at && frame.at < next && !isExplained(frame)) ?? [];
    });
    const frame = after.at(-1)?.text;
    if (frame === undefined || after.length < messages.length * ENOUGH.share) continue;
    return { who: label, channel, times: after.length, messages: messages.length, frame: shortened(frame) };
  }
  return undefined;
}

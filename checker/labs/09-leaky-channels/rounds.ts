import { isTrouble, says } from '../../probe/frames.ts';
import type { Frame } from '../../probe/person.ts';

/** One message, its channel, and the result. */
export interface Round {
  readonly speaker: string;
  /** The channel that the speaker is in. */
  readonly channel: string;
  readonly text: string;
  /** The channel that the message named, if it did. */
  readonly claims?: { readonly field: string; readonly channel: string };
  /** How often each person in the channel got it, by their label in the conversation. */
  readonly inside: Readonly<Record<string, number>>;
  /** People outside the channel who got any of it. */
  readonly outside: readonly string[];
  /** The error that the sender got. */
  readonly told?: string;
  /** Somebody missed it, so it was repeated: an index can be a moment behind. */
  readonly isSaidAgain?: true;
}

/** A fault in a conversation. */
export type Wrong =
  | {
      readonly kind: 'leaked';
      readonly round: Round /** Only from this channel to the other. */;
      readonly oneWay: boolean;
    }
  | { readonly kind: 'claim believed'; readonly round: Round }
  | { readonly kind: 'error'; readonly round: Round; readonly missed: readonly string[] }
  | { readonly kind: 'missed'; readonly round: Round; readonly missed: readonly string[] }
  | { readonly kind: 'twice'; readonly round: Round; readonly who: string; readonly times: number };

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

function leakIn(rounds: readonly Round[]): Wrong | undefined {
  const leaks = rounds.filter(({ outside }) => outside.length > 0);
  const [plain] = leaks.filter(({ claims }) => claims === undefined);
  if (plain === undefined) {
    const [round] = leaks;
    return round && { kind: 'claim believed', round };
  }
  const isTight = (round: Round) =>
    round.claims === undefined && round.channel !== plain.channel && !leaks.includes(round);
  return { kind: 'leaked', round: plain, oneWay: rounds.some(isTight) };
}

function failureOf(round: Round): Wrong | undefined {
  const { claims, told, inside, isSaidAgain } = round;
  const [twice] = Object.entries(inside).filter(([, times]) => times > 1);
  if (twice !== undefined) return { kind: 'twice', round, who: twice[0], times: twice[1] };
  const missed = missedBy(round);
  if (missed.length === 0)
    return told === undefined || claims !== undefined ? undefined : { kind: 'error', round, missed };
  // A room can ignore the additional fields of a message, or reject the message for everyone.
  if (claims !== undefined && missed.length === Object.keys(inside).length && told !== CRASH) return undefined;
  if (told !== undefined) return { kind: 'error', round, missed };
  return isSaidAgain === true ? undefined : { kind: 'missed', round, missed };
}

/** API Gateway's answer if the function fails. */
const CRASH = 'Internal server error';

/** Returns who got a text, from the frames that each person in the two channels has got so far. */
export function heardOf(
  text: string,
  speaker: string,
  people: ReadonlyArray<{ readonly label: string; readonly isInside: boolean; readonly heard: readonly Frame[] }>,
): Pick<Round, 'inside' | 'outside'> {
  const inside = people.filter(({ isInside }) => isInside);
  const outside = people.filter(({ isInside }) => !isInside);
  return {
    inside: Object.fromEntries(inside.map(({ label, heard }) => [label, heard.filter(says(text)).length])),
    outside: outside.flatMap(({ label, heard }) => (heard.some(isOf(text, speaker)) ? label : [])),
  };
}

/** Returns a test for frames with any part of a message, in whatever form: what a page hides was sent anyway. */
export function isOf(text: string, speaker: string): (frame: Pick<Frame, 'text'>) => boolean {
  return (frame) => frame.text.includes(text) || frame.text.includes(speaker);
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

import { inQuotes, quoted } from '../../probe/frames.ts';
import type { Said } from './ask-for-history.ts';
import { DAYS_OLDER } from './ask-for-old.ts';
import { LAST, type Newcomer } from './remember.ts';

/** From how many characters on a text isn't shown. */
const LONG = 1_000;

/** The fields of a message: docs/wire-format.md. */
const FIELDS = ['from', 'at', 'id', 'channel'] as const;

/** A fault of a history, and what shows it in the conversation. */
export interface WrongHistory {
  readonly actual: string;
  /** Messages that somebody got and shouldn't have got, or not like that. */
  readonly frames?: readonly Said[];
  /** Who got them, if it wasn't the person who asked. */
  readonly by?: string;
  /** Messages that didn't arrive. */
  readonly missing?: readonly Said[];
  /** Whether it is the request that names another channel. */
  readonly isClaim?: true;
}

/** Returns what is wrong with the history that somebody got; undefined if nothing is. */
export function whatIsWrong({
  who,
  name,
  channel,
  wanted,
  got,
  told,
  overheard,
  believed,
  isOld,
}: Newcomer): WrongHistory | undefined {
  if (isOld === true) {
    const missing = missingFor({ wanted, got });
    const of = got.length === 0 ? 'none' : `only ${got.length}`;
    const actual = `${who} got the history of the channel "${channel}". Then this check made its messages ${DAYS_OLDER} days older, and ${who} asked again, but got ${of} of the ${wanted.length}.`;
    return missing.length === 0 ? undefined : { actual, missing };
  }
  const asked =
    wanted.length === 0
      ? `${who} asked for the history of the channel "${channel}", in which nobody had said anything`
      : `${who} joined the channel "${channel}" and asked for its history`;
  if (told !== undefined) return { actual: `${asked}, but got an error: ${quoted(told)}.` };
  const missing = missingFor({ wanted, got });
  const own = missing.length > 0 && missing.every(({ from }) => from === name) ? ` ${who} had sent them.` : '';
  if (wanted.length > 0 && got.length === 0)
    return { actual: `${asked}, but got none of the ${wanted.length} messages.${own}` };
  const foreign = got.find(({ text }) => !wanted.some(isText(text)));
  if (foreign !== undefined && isEmpty(foreign)) {
    const actual = `${asked}, but got a message without a text. Somebody sent it, and the room has to reject it.`;
    return { actual, frames: [foreign] };
  }
  const altered = missing.length === 1 && got.length === wanted.length ? missing[0] : undefined;
  // Elsewhere, it's an older message instead.
  if (altered !== undefined && foreign !== undefined && got.indexOf(foreign) === wanted.indexOf(altered)) {
    const changed = changeOf(String(altered.text), String(foreign.text));
    return { actual: `${asked}, but a message isn't as it was first sent: its text ${changed}.`, frames: [foreign] };
  }
  if (missing.length > 0) {
    const actual = `${asked}, but didn't get ${missing.length} of the last ${wanted.length} messages.${own}`;
    return { actual, missing };
  }
  if (foreign !== undefined && wanted.length === 0)
    return { actual: `${asked}, but got a message: ${JSON.stringify(foreign.text)}.`, frames: [foreign] };
  if (foreign !== undefined) {
    const such = `such as ${inQuotes(String(foreign.text))}, which is older or from another channel`;
    return { actual: `${asked}, but got more than its last ${LAST} messages, ${such}.`, frames: [foreign] };
  }
  if (got.length > wanted.length) {
    const isDouble = ({ text }: Said) => got.filter(isText(text)).length > 1;
    return { actual: `${asked}, but got some messages more than once.`, frames: got.filter(isDouble) };
  }
  const misplaced = got.filter(({ text }, index) => text !== wanted[index]?.text);
  if (misplaced.length > 0) return { actual: `${asked}, but got its messages in the wrong order.`, frames: misplaced };
  for (const [index, message] of got.entries()) {
    const original = wanted[index] ?? {};
    const field = FIELDS.find((each) => (each !== 'from' || each in original) && message[each] !== original[each]);
    if (field !== undefined) {
      const [was, is] = [original[field], message[field]].map((value) => JSON.stringify(value) ?? 'missing');
      const actual = `${asked}, but a message isn't as it was first sent: its \`${field}\` was ${was} and is ${is}.`;
      return { actual, frames: [message] };
    }
  }
  if (overheard !== undefined) {
    const actual = `${asked}, and ${overheard}, who hadn't asked, got the messages again.`;
    return { actual, frames: wanted, by: overheard };
  }
  if (believed !== undefined) {
    const actual = `${who} is in the channel "${channel}", asked for the history of "${believed}", and got it: the room trusted the request.`;
    return { actual, isClaim: true };
  }
  return undefined;
}

/** Returns how a text was changed. Of a long one, it says where. */
function changeOf(before: string, after: string): string {
  if (before.length <= LONG) return `was ${JSON.stringify(before)} and is ${JSON.stringify(after)}`;
  let same = 0;
  while (same < before.length && before[same] === after[same]) same += 1;
  return `had ${before.length} characters and has ${after.length}, and only the first ${same} are the same`;
}

/** Returns the messages that somebody should have got and didn't. */
export function missingFor({ wanted, got }: Pick<Newcomer, 'wanted' | 'got'>): readonly Said[] {
  return wanted.filter(({ text }) => !got.some(isText(text)));
}

function isText(wanted: unknown): (message: Said) => boolean {
  return ({ text }) => text === wanted;
}

/** Whether a message has no text. */
export function isEmpty({ text }: Said): boolean {
  return text === '';
}

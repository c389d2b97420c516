import type { Frame } from './person.ts';
import { shortened } from './shortened.ts';

// The meaning of a frame to a client: `docs/wire-format.md`. Clients ignore types that aren't in there.

/** Returns whether a frame delivers a message. */
export function says(text: string): (frame: Pick<Frame, 'fields'>) => boolean {
  return ({ fields }) => fields.type === 'message' && fields.text === text;
}

/** Returns whether a frame reports an error: the room's own, or API Gateway's. */
export function isTrouble({ fields: { type, message } }: Pick<Frame, 'fields'>): boolean {
  return type === 'error' || (type === undefined && typeof message === 'string');
}

/** Returns whether a frame can be the answer to a message. Somebody else's message in the same room is not one. */
export function answers(text: string): (frame: Frame) => boolean {
  return (frame) => isTrouble(frame) || says(text)(frame);
}

/** Returns a frame's content, shortened if it is long: its `message`, in quotes, or else all of it. */
export function quoted(frame: string): string {
  const [, text] = /"message":\s*("(?:[^"\\]|\\.)*")/.exec(frame) ?? [];
  return text === undefined ? shortened(frame) : inQuotes(shortened(asText(text).replace(/\.$/, '')));
}

/** Returns a text in quotes that it doesn't contain itself, so that its end is clear. */
export function inQuotes(text: string): string {
  return text.includes('"') ? `“${text}”` : `"${text}"`;
}

/** Reads a JSON string, or returns what is between its quotes. */
function asText(json: string): string {
  try {
    return JSON.parse(json) as string;
  } catch {
    return json.slice(1, -1);
  }
}

/** API Gateway's message if the function behind a route fails or can't be invoked. */
const FUNCTION_FAILED = 'Internal server error';

/**
 * Returns whether API Gateway reported that the function failed, in a frame, its message alone, or a conversation's
 * line.
 */
export function isCrash(text: string | undefined): boolean {
  return text === FUNCTION_FAILED || text?.includes(`"${FUNCTION_FAILED}"`) === true;
}

/** The answer to somebody who sent something. */
export type Reply =
  /** Their message, as everyone in the room gets it. */
  | { readonly kind: 'message' }
  /** The room's error for an unknown action. */
  | { readonly kind: 'unknown action'; readonly text: string }
  /** An error frame whose words report success. */
  | { readonly kind: 'success'; readonly text: string }
  /** Any other error of the room. */
  | { readonly kind: 'complaint'; readonly text: string }
  /** API Gateway's own answers: no route matches; the function failed or can't be invoked. */
  | { readonly kind: 'forbidden' | 'function failed'; readonly text: string }
  | { readonly kind: 'something else'; readonly text: string }
  | { readonly kind: 'silence' };

/** Returns what kind of answer a frame is, to a message with this action and text. */
export function replyTo(action: string, text: string, frame: Frame | undefined): Reply {
  if (frame === undefined) return { kind: 'silence' };
  if (says(text)(frame)) return { kind: 'message' };
  const { type, message } = frame.fields;
  if (type === 'error') {
    if (typeof message !== 'string') return { kind: 'complaint', text: frame.text };
    if (soundsDone(message.replaceAll(action, ''))) return { kind: 'success', text: frame.text };
    const unknown = message.includes(action) || /\baction\b/i.test(message);
    return { kind: unknown ? 'unknown action' : 'complaint', text: frame.text };
  }
  if (type === undefined && message === 'Forbidden') return { kind: 'forbidden', text: frame.text };
  if (type === undefined && message === FUNCTION_FAILED) return { kind: 'function failed', text: frame.text };
  return { kind: 'something else', text: frame.text };
}

const SUCCESS =
  /\b(done|ok|okay|success(ful(ly)?)?|succeeded|sent|delivered|accepted|performed|executed|completed?|finished|handled|processed|received|thanks|thank you|got it|will do|sure|hello|hi|welcome|yes)\b/i;
const FAILURE =
  /n't\b|n’t\b|\b(not|no|non|nothing|nobody|none|never|cannot|neither|without|un\w+|in(valid|correct)|fail\w*|error|wrong|bad|sorry|missing|what|which|refused?|reject\w*|only)\b|\?/i;

/** Returns whether words report success, without anything that contradicts it. */
export function soundsDone(words: string): boolean {
  return SUCCESS.test(words) && !FAILURE.test(words);
}

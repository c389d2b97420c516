import type { Frame } from './person.ts';

// What a frame is to a client: `docs/wire-format.md`. A type that is not in there is nothing to it.

/** Returns whether a frame brings what somebody said. */
export function says(text: string): (frame: Pick<Frame, 'fields'>) => boolean {
  return ({ fields }) => fields.type === 'message' && fields.text === text;
}

/** Returns whether a frame tells its reader that something is wrong: an error of the room's, or what API Gateway says. */
export function isTrouble({ fields: { type, message } }: Pick<Frame, 'fields'>): boolean {
  return type === 'error' || (type === undefined && typeof message === 'string');
}

/** Returns whether a frame can be the answer to what was said. What somebody else says in the same room is none. */
export function answers(text: string): (frame: Frame) => boolean {
  return (frame) => isTrouble(frame) || says(text)(frame);
}

/** Returns what a frame tells its reader, in quotes: its `message`, or else all of it. */
export function quoted(frame: string): string {
  const [, message] = /"message":\s*"([^"]*?)\.?"/.exec(frame) ?? [];
  return message === undefined ? frame : `"${message}"`;
}

/** What came back to somebody who sent something. */
export type Reply =
  /** What they said, as everybody in the room hears it. */
  | { readonly kind: 'message' }
  /** The room's answer that it does not know the action. */
  | { readonly kind: 'unknown action'; readonly text: string }
  /** An error frame that says in words that all went well. */
  | { readonly kind: 'success'; readonly text: string }
  /** The room's answer that something else is wrong with it. */
  | { readonly kind: 'complaint'; readonly text: string }
  /** API Gateway's own answers: no route takes it; the function failed or can't be invoked. */
  | { readonly kind: 'forbidden' | 'function failed'; readonly text: string }
  | { readonly kind: 'something else'; readonly text: string }
  | { readonly kind: 'silence' };

/** Returns what kind of answer a frame is, to a message of this action and text. */
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
  if (type === undefined && message === 'Internal server error') return { kind: 'function failed', text: frame.text };
  return { kind: 'something else', text: frame.text };
}

const SUCCESS =
  /\b(done|ok|okay|success(ful(ly)?)?|succeeded|sent|delivered|accepted|performed|executed|completed?|finished|handled|processed|received|thanks|thank you|got it|will do|sure|hello|hi|welcome|yes)\b/i;
const FAILURE =
  /n't\b|n’t\b|\b(not|no|non|nothing|nobody|none|never|cannot|neither|without|un\w+|in(valid|correct)|fail\w*|error|wrong|bad|sorry|missing|what|which|refused?|reject\w*|only)\b|\?/i;

/** Returns whether words tell of success, with nothing in them that says otherwise. */
export function soundsDone(words: string): boolean {
  return SUCCESS.test(words) && !FAILURE.test(words);
}

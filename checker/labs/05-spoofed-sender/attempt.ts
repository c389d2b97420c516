import { randomInt } from 'node:crypto';
import { SPEAKING } from '../../observe/route-selection.ts';
import { saying } from '../../probe/sayings.ts';
import { type Tree, withText } from '../../probe/trees.ts';

/** The kinds of claims. */
export type Kind =
  /** Nothing: the action and the text, as the page sends them. */
  | 'plain'
  /** The name of somebody who is in the room, in one field. */
  | 'another person'
  /** A name that nobody has, in one field. */
  | 'nobody'
  /** Something that resembles the sender's own name. */
  | 'lookalike'
  /** Something that is not a name: a list, a number, nothing at all. */
  | 'odd value'
  /** The same in every field that the handlers read. */
  | 'odd values'
  /** The key of another person's connection. */
  | 'connection'
  /** A different name in each of many fields. */
  | 'many fields'
  /** Another person's name, and `true` in every field that the handlers read. */
  | 'flags'
  /** A string that the handlers compare something with, as a name. */
  | 'known name'
  /** Another person's name, and in those fields a value that the handlers compare something with. */
  | 'known value'
  /** The name of another person, or the key of their connection, in everything that the handlers read. */
  | 'read fields'
  /** Another person's name, and in other fields something true about the sender. */
  | 'half true'
  /** Names in nested objects. */
  | 'nested'
  /** Another person's name in a token that nobody signed. */
  | 'token'
  /** JSON that parsers interpret differently. */
  | 'unusual JSON'
  /** A text that looks like fields of the message. */
  | 'in the text'
  /** Another person's name in an object, or a list of them, instead of a text. */
  | 'no text'
  /** A name in every field that is usual or that the handlers read, and no text, or an empty one. */
  | 'without text'
  /** A text with a name: a quotation, a signature, a message in a message. */
  | 'name in the text'
  /** A text that begins with a command, and a name after it. */
  | 'command'
  /** A text with a name where the handlers look for something, such as after a command of their own. */
  | 'known text'
  /** Nothing, and the longest text that a message can have. */
  | 'long text'
  /** Another person's name in a message that another route gets. */
  | 'another action'
  /** Nothing, but after such messages. */
  | 'afterward'
  /** Nothing, but after names in a handshake that only the handlers know. */
  | 'at the door'
  /** A name that nobody has, after a handshake with a value that the handlers compare something with. */
  | 'client'
  /** A name that nobody has, from somebody whose own username the handlers look for. */
  | 'known user';

/** One message that somebody sends. */
export interface Attempt {
  readonly kind: Kind;
  readonly text: string;
  /** The frame, exactly as it is sent. */
  readonly frame: string;
  /** The names that its text claims, or that messages before this one claimed for it. */
  readonly claimed?: readonly string[];
}

/** A field of a message. */
export type Pair = readonly [key: string, value: unknown];

/** How many bytes of fields a message has. A frame can have 32 KB, and the action and the text are in it, too. */
const LARGEST = 28 * 1024;

/** Returns a message whose text is a command and a name that it claims. */
export function command(before: string, name: string): Attempt {
  return { ...attempt('command', [], `${before} ${name} ${saying()}`), claimed: [name] };
}

/** Whether a message can have this object, and its text in each object in it. */
export function fits(tree: Tree): boolean {
  return Buffer.byteLength(JSON.stringify(withText(tree, saying()))) <= LARGEST;
}

/** Distributes fields to as few messages as they fit in, or to parts of a message with as many bytes of JSON. */
export function inFrames<Claim extends Pair>(claims: readonly Claim[], largest = LARGEST): Claim[][] {
  const frames: Claim[][] = [];
  let left = 0;
  for (const claim of claims) {
    const size = Buffer.byteLength(JSON.stringify(claim));
    if (left < size) {
      frames.push([]);
      left = largest;
    }
    frames.at(-1)?.push(claim);
    left -= size;
  }
  return frames;
}

/** Builds a message: the action and the text come either before or after what it claims. */
export function attempt(kind: Kind, claims: readonly Pair[], text = saying(), action: string = SPEAKING): Attempt {
  const isText = ([key]: Pair) => key === 'text';
  const said: Pair[] = [['action', action], ...(claims.some(isText) ? [] : [['text', text] as const])];
  const pairs = randomInt(2) === 0 ? [...said, ...claims] : [...claims, ...said];
  // Not JSON.stringify of an object, because an object can't have a key twice.
  const frame = `{${pairs.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`;
  return { kind, text, frame };
}

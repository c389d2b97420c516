import { inQuotes, isCrash, quoted } from '../probe/frames.ts';
import { type Reply, SECOND_TAB, type Spoken } from '../probe/speak.ts';
import type { Trouble } from '../probe/trouble.ts';

/** Why nobody got the message, as far as the account says. */
export interface Why {
  /** Whether API Gateway isn't allowed to invoke the sending function; undefined if nothing says so. */
  readonly isShut?: boolean | undefined;
  /** What the function's log says, in a sentence, if it lacks something of the stack. */
  readonly lacks?: string | undefined;
  readonly isLate?: boolean;
}

/** A fault, and whether it is what a message contains, or that some people didn't get it. */
export interface Wrong {
  readonly actual: string;
  readonly is?: 'content' | 'missed' | undefined;
  /** If the room rejected a message: beginnings of its words, which the handler has in its source, longest first. */
  readonly near?: readonly string[];
}

/** Returns what is wrong with a conversation, in sentences; undefined if nothing is. */
export function whatIsWrong(
  { reply, heard, others = {}, lacks, instead, counted, trouble }: Spoken,
  why: Why = {},
): Wrong | undefined {
  const isSecret = trouble?.kind === 'secret in a frame' || trouble?.kind === 'secret in a table';
  if (isSecret) return { actual: inWords(trouble) };
  if (instead !== undefined) {
    const type = isOtherType(instead) ? ' The `type` of a message is "message".' : '';
    return { actual: `Grace got something other than Ada's message: ${instead}${type}`, is: 'content' };
  }
  const unheard = whoMissed({ reply, heard, others }, why);
  if (unheard !== undefined) return unheard;
  if (trouble?.kind === 'told') {
    const isRejected = trouble.unheard !== undefined && !isCrash(trouble.text);
    return { actual: inWords(trouble), ...(isRejected ? { near: beginningsOf(trouble.text) } : {}) };
  }
  if (trouble?.kind === 'missed') return { actual: inWords(trouble), is: 'missed' };
  if (lacks !== undefined) {
    const actual = `Everyone got the message, but a page can't show it: ${lacks}. docs/wire-format.md describes a message.`;
    return { actual, is: 'content' };
  }
  if (trouble?.kind === 'altered') return { actual: inWords(trouble), is: 'content' };
  if (trouble !== undefined) return { actual: inWords(trouble) };
  return counted ? undefined : { actual: 'Everyone got the message, but not the ones after it.', is: 'missed' };
}

function isOtherType(frame: string): boolean {
  try {
    return (JSON.parse(frame) as { readonly type?: unknown } | null)?.type !== 'message';
  } catch {
    return false;
  }
}

/** Says who didn't get the first message, or got it more than once. */
function whoMissed(
  { reply, heard, others }: Pick<Required<Spoken>, 'reply' | 'heard' | 'others'>,
  why: Why,
): Wrong | undefined {
  if (heard.listener === 0) {
    const actual = `Grace didn't get the message. ${toAda(reply, why)}`;
    if (heard.speaker > 0) return { actual, is: 'missed' };
    return reply.kind === 'complaint' ? { actual, near: beginningsOf(reply.text) } : { actual };
  }
  if (heard.speaker === 0) return { actual: "Grace got the message, but Ada, who sent it, didn't.", is: 'missed' };
  const [deaf] = Object.entries(others).find(([, times]) => times === 0) ?? [];
  if (deaf !== undefined)
    return { actual: `Ada and Grace got the message, but ${withPast(deaf)} didn't.`, is: 'missed' };
  if (heard.listener > 1) return { actual: `Grace got the message ${heard.listener} times.` };
  if (heard.speaker > 1) return { actual: `Ada got her own message ${heard.speaker} times.` };
  const [twice, times] = Object.entries(others).find(([, each]) => each > 1) ?? [];
  return twice === undefined ? undefined : { actual: `${twice} got the message ${times} times.` };
}

function inWords(trouble: Trouble): string {
  switch (trouble.kind) {
    case 'told':
      return trouble.unheard === undefined
        ? `Everyone got the message, but ${trouble.who} got an error: ${quoted(trouble.text)}.`
        : `Everyone got Ada's first message. Nobody got a later one of ${withPast(trouble.who).replace(/,$/, '')}: ${shortened(trouble.unheard)}. ${trouble.who} got an error: ${quoted(trouble.text)}.`;
    case 'missed':
      return trouble.again
        ? `${withPast(trouble.who)} didn't get ${trouble.speaker}'s second message with the same text.`
        : `Everyone got Ada's message, but ${withPast(trouble.who)} didn't get ${trouble.speaker}'s next one.`;
    case 'altered':
      return `${trouble.speaker} sent a message, and ${withPast(trouble.who)} got a different text: ${howItDiffers(trouble)}.`;
    case 'heard twice':
      return `${trouble.speaker} sent one message, and ${trouble.who} got it ${trouble.times} times.`;
    case 'closed':
      return `The room closed the connection of ${trouble.who}, who had only sent messages.`;
    case 'secret in a frame':
      return `The room sent ${trouble.who} a token, a key or a password. Anyone who sees it can use it.`;
    case 'secret in a table':
      return `The table ${trouble.table} contains a token, a key or a password. Anyone who can read the table can use it.`;
  }
}

/** How much of a message is shown, in characters. */
const SHOWN = 60;

/** Returns a text in quotes, or its beginning and its length. */
function shortened(text: string): string {
  const characters = [...text.replaceAll(/\s+/g, ' ')];
  if (characters.length <= SHOWN) return inQuotes(characters.join(''));
  return `${inQuotes(`${characters.slice(0, SHOWN).join('')} …`)} (${characters.length} characters)`;
}

/** How many words of a message are enough to find it in a source. */
const FEWEST = 2;

/** Returns an error's words and their beginnings, longest first: the rest can have been put in when it was sent. */
function beginningsOf(frame: string): string[] {
  const words = (quoted(frame).slice(1, -1) || frame).split(' ');
  const fewest = Math.min(FEWEST, words.length);
  return words.map((_, index) => words.slice(0, words.length - index).join(' ')).slice(0, words.length - fewest + 1);
}

/** Returns the part of a text, and of what was sent, in which the first difference is. */
function howItDiffers({ sent, text }: { readonly sent: string; readonly text: string }): string {
  const [all, got] = [[...sent], [...text]];
  const found = all.findIndex((character, index) => character !== got[index]);
  const at = found === -1 ? all.length : found;
  if (at === got.length) return `only the first ${at} of ${all.length} characters`;
  const from = Math.max(0, at - SHOWN / 2);
  const part = (characters: readonly string[]) =>
    JSON.stringify(
      `${from > 0 ? '…' : ''}${characters.slice(from, from + SHOWN).join('')}${characters.length > from + SHOWN ? '…' : ''}`,
    );
  return `${part(got)} instead of ${part(all)}`;
}

/** Linus's row is the old one, and one tab is new. */
function withPast(who: string): string {
  if (who === SECOND_TAB) return `${who}, which connected later,`;
  return who === 'Linus' ? 'Linus, who connected long before,' : who;
}

function toAda(reply: Reply, { isShut, isLate, lacks }: Why): string {
  switch (reply.kind) {
    case 'message':
      return 'Ada got it.';
    case 'silence':
      return isLate
        ? 'Ada got no answer in time: the function behind the route ran into its timeout.'
        : 'Ada got no error either.';
    case 'function failed':
      return `Ada got "Internal server error" from API Gateway${reasonOf({ isShut, lacks })}`;
    default:
      return `Ada got: ${reply.text}`;
  }
}

function reasonOf({ isShut, lacks }: Why): string {
  if (isShut) return ": it isn't allowed to invoke the function behind the route.";
  if (lacks !== undefined) return `. ${lacks}`;
  return `: the function failed${isShut === undefined ? ", or API Gateway isn't allowed to invoke it" : ''}.`;
}

import type { HandlerLine } from '../../checking/check.ts';
import { contentOf } from './found-in-logs.ts';

/** How many words at the beginning of a line can be the function's own. */
const MOST_WORDS = 8;

/** Fewer characters are in too many strings. */
const FEWEST_LETTERS = 4;

const MARKS = ["'", '"', '`'];
const PRINTS = ['console.', 'stdout.', 'stderr.', 'logger.', 'writeSync('];
const LEVELS = ['log', 'info', 'debug', 'warn', 'error'];
const PRINTED = ['event', 'body', 'text', 'message', 'parsed', 'said'];

/**
 * Returns where a function can have printed a line: the call that prints its first words, even in a module that the
 * function imports; otherwise, if it's the sender, a call that prints what the line can contain. If the line has words
 * of its own and no call has them, any other call is as innocent as it looks, so the function is the place, unless only
 * one call prints. An error is logged because it was thrown.
 */
export function placeOfLeak(
  line: string,
  {
    logicalId,
    isSender,
    onlyPrint,
  }: {
    readonly logicalId?: string | undefined;
    readonly isSender: boolean;
    /** The sender's only line that prints. */
    readonly onlyPrint?: string | undefined;
  },
): HandlerLine {
  const content = contentOf(line);
  const error = messageIn(content);
  const said = (error ?? content).replace(/^\w*Error: /, '');
  const own = beginningsOf(said);
  // A line can begin with a value: `${name} sent …`, or name, 'sent …'.
  const [, rest = ''] = /^[^\s"'`{[]+\s+(.*)/s.exec(said) ?? [];
  const anywhere = [
    ...own.flatMap((each) => MARKS.map((mark) => `(${mark}${each}`)),
    ...beginningsOf(rest).flatMap((each) => [`} ${each}`, ...MARKS.map((mark) => `, ${mark}${each}`)]),
  ];
  const calls = PRINTED.flatMap((what) => [
    ...LEVELS.map((level) => `console.${level}(${what}`),
    `JSON.stringify(${what}`,
  ]);
  const printing = [...(onlyPrint === undefined ? [] : [onlyPrint]), ...(own.length === 0 ? PRINTS : [])];
  return {
    handler: 'channels/send-message.ts',
    anywhere,
    near: isSender ? [...calls, ...(error === undefined ? printing : ['throw '])] : [],
    of: logicalId,
  };
}

/** Returns the message of an error that a function has thrown, as Lambda logs it; undefined if it's none. */
function messageIn(content: string): string | undefined {
  try {
    const { errorMessage } = JSON.parse(content.replace(/^Invoke Error\s+/, '')) as { errorMessage?: unknown };
    return typeof errorMessage === 'string' ? errorMessage : undefined;
  } catch {
    return undefined;
  }
}

/** Returns the first words of a text, the longest beginning first. */
function beginningsOf(text: string): string[] {
  const [begun = ''] = /^[^\d"'`{[:=]*/.exec(text) ?? [];
  const words = begun.trim().split(/\s+/).slice(0, MOST_WORDS);
  const all = words.map((_, index) => words.slice(0, words.length - index).join(' '));
  return all.filter((each) => each.length >= FEWEST_LETTERS);
}

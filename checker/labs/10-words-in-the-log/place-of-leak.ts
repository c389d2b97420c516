import type { HandlerLine } from '../../checking/check.ts';
import { contentOf } from './found-in-logs.ts';

/** How many words at the beginning of a line can be the function's own. */
const MOST_WORDS = 8;

/** Fewer characters are in too many strings. */
const FEWEST_LETTERS = 4;

const PRINTS = ['console.', 'stdout.', 'stderr.', 'logger.'];
const LEVELS = ['log', 'info', 'debug', 'warn', 'error'];
const PRINTED = ['event', 'body', 'text', 'message', 'parsed', 'said'];

/**
 * Returns where the sender can have printed a line: the call that prints its first words, even in a module that the sender
 * imports; otherwise a call that prints what the line can contain. If the line has words of its own and no call has them,
 * any other call is as innocent as it looks, so the function is the place.
 */
export function placeOfLeak(line: string, sender: string | undefined): HandlerLine {
  const anywhere = beginningsOf(contentOf(line));
  const calls = PRINTED.flatMap((what) => [
    ...LEVELS.map((level) => `console.${level}(${what}`),
    `JSON.stringify(${what}`,
  ]);
  return {
    handler: 'channels/send-message.ts',
    anywhere,
    near: [...calls, ...(anywhere.length === 0 ? PRINTS : [])],
    ...(sender === undefined ? {} : { of: sender }),
  };
}

/** Returns the first words of a text as the first argument of a call, the longest beginning first. */
function beginningsOf(text: string): string[] {
  const [begun = ''] = /^[^\d"'`{[:=]*/.exec(text) ?? [];
  const words = begun.trim().split(/\s+/).slice(0, MOST_WORDS);
  const all = words.map((_, index) => words.slice(0, words.length - index).join(' '));
  return all
    .filter((each) => each.length >= FEWEST_LETTERS)
    .flatMap((each) => ["'", '"', '`'].map((mark) => `(${mark}${each}`));
}

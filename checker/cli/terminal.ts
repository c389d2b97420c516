import chalk from 'chalk';
import { isSet } from '../report/is-set.ts';
import { type Link, linksFor } from '../report/link.ts';

/** The kind of reader. */
export interface Dress {
  /** Whether a person reads standard output live, so that lines can be redrawn. */
  readonly isTerminal: boolean;
  readonly takesKeys: boolean;
  /** Aborted when nobody reads standard output anymore. */
  readonly readerLeft: AbortSignal;
  readonly link: Link;
}

/**
 * Decides about colors and detects the kind of reader. chalk knows FORCE_COLOR and terminals, but not NO_COLOR
 * (https://no-color.org). Nothing is redrawn for a screen reader, which would read each step: TERM=dumb and ACCESSIBLE
 * indicate one. If a reader closes the output early, as `head` does, only the output ends: the command continues to its
 * end and its exit code, and one that would run until Ctrl-C is notified.
 */
export function dressOutput(root: string): Dress {
  const { NO_COLOR, FORCE_COLOR, CI, TERM, ACCESSIBLE } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') chalk.level = 0;
  else if (FORCE_COLOR === undefined && (!process.stdout.isTTY || isSet(CI) || TERM === 'dumb')) chalk.level = 0;
  const readerLeft = new AbortController();
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // Later writes get the second one.
      if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
      if (stream === process.stdout) readerLeft.abort();
    });
  }
  const isPerson = process.stdout.isTTY === true && !isSet(CI);
  return {
    isTerminal: isPerson && TERM !== 'dumb' && !isSet(ACCESSIBLE),
    takesKeys: isPerson && process.stdin.isTTY === true,
    readerLeft: readerLeft.signal,
    link: linksFor(root, process.stdout.isTTY === true, process.env),
  };
}

import chalk from 'chalk';
import { isSet } from '../report/is-set.ts';
import { type Link, linksFor } from '../report/link.ts';

/** What kind of reader there is. */
export interface Dress {
  /** Whether a person reads standard output as it comes, so that lines may be drawn over. */
  readonly isTerminal: boolean;
  readonly takesKeys: boolean;
  /** Aborted when nobody reads standard output any more. */
  readonly readerLeft: AbortSignal;
  readonly link: Link;
}

/**
 * Decides on colours and says what kind of reader there is. chalk knows FORCE_COLOR and terminals, but not NO_COLOR
 * (https://no-color.org). Nothing is drawn over for a screen reader, which would read each step of it: TERM=dumb and
 * ACCESSIBLE say so. A reader that leaves early, as `head` does, ends the output and nothing else: the command goes on
 * to its end and its exit code, and one that would go on until Ctrl-C hears of it.
 */
export function dressOutput(root: string): Dress {
  const { NO_COLOR, FORCE_COLOR, CI, TERM, ACCESSIBLE } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') chalk.level = 0;
  else if (FORCE_COLOR === undefined && (!process.stdout.isTTY || isSet(CI) || TERM === 'dumb')) chalk.level = 0;
  const readerLeft = new AbortController();
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // The second is what later writes get.
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

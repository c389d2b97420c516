import chalk from 'chalk';

/**
 * Decides on colours and says what kind of reader there is. chalk knows FORCE_COLOR and terminals, but not NO_COLOR
 * (https://no-color.org). A reader that leaves early, as `head` does, ends the output and nothing else: the command
 * goes on to its end and its exit code.
 */
export function dressOutput(): { readonly isTerminal: boolean; readonly takesKeys: boolean } {
  const { NO_COLOR, FORCE_COLOR, CI } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') chalk.level = 0;
  else if (FORCE_COLOR === undefined && (!process.stdout.isTTY || isSet(CI))) chalk.level = 0;
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // The second is what later writes get.
      if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
    });
  }
  const isTerminal = process.stdout.isTTY === true && !isSet(CI);
  return { isTerminal, takesKeys: isTerminal && process.stdin.isTTY === true };
}

function isSet(variable: string | undefined): boolean {
  return variable !== undefined && variable !== '' && variable !== 'false' && variable !== '0';
}

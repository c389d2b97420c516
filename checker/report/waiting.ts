import type { Progress } from '../checking/run.ts';
import type { Program } from '../cli/program.ts';
import { wrap } from './wrap.ts';

/** The output while checks run. */
export interface Waiting {
  onProgress(progress: Progress): void;
  /** Removes the drawn line. */
  end(): void;
}

type Again = Extract<Progress, { kind: 'again' }>;

const turns = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const clearLine = '\r\u001b[2K';

/** How often a spinner turns, and how often a reader without one gets a line, in milliseconds. */
const TURN = 120;
const TOLD = 10_000;

/**
 * Shows what the command is waiting for, on standard error. A terminal gets one line with a spinner, which disappears
 * at the end. Other readers get a line at the beginning, and one every ten seconds.
 */
export function showWaiting(
  { isTerminal, say }: Pick<Program, 'isTerminal' | 'say'>,
  stream: Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'> = process.stderr,
): Waiting {
  return isTerminal && stream.isTTY ? spinning(stream) : telling(say);
}

function spinning(stream: Pick<NodeJS.WriteStream, 'columns' | 'write'>): Waiting {
  let turn = 0;
  let text = '';
  let since = 0;
  let again: Again | undefined;
  let timer: NodeJS.Timeout | undefined;
  const draw = () => {
    turn = (turn + 1) % turns.length;
    const passed = performance.now() - since;
    const now = again === undefined ? text : waitingInWords({ ...again, left: Math.max(0, again.left - passed) });
    // A line that wraps couldn't be removed again.
    const [line = ''] = wrap(now, (stream.columns || 80) - 4);
    stream.write(`${clearLine}${turns[turn]} ${line.length < now.length ? `${line}…` : line}`);
  };
  const end = () => {
    clearInterval(timer);
    if (timer !== undefined) stream.write(clearLine);
    timer = undefined;
  };
  return {
    onProgress(progress) {
      if (progress.kind === 'ended') return end();
      again = progress.kind === 'again' ? progress : undefined;
      text = whatNow(progress);
      since = performance.now();
      timer ??= setInterval(draw, TURN).unref();
    },
    end,
  };
}

function telling(say: (line: string) => void): Waiting {
  let check = '';
  let told = 0;
  return {
    onProgress(progress) {
      if (progress.kind === 'waiting') return say(whatNow(progress));
      if (progress.kind !== 'again') return;
      const passed = progress.of - progress.left;
      if (check === progress.check.id && passed - told < TOLD) return;
      [check, told] = [progress.check.id, passed];
      say(waitingInWords(progress));
    },
    end() {},
  };
}

function whatNow(progress: Exclude<Progress, { kind: 'ended' }>): string {
  switch (progress.kind) {
    case 'waiting':
      return `Waiting for process ${progress.pid}, which is checking this lab …`;
    case 'comparing':
      return 'Comparing your file with the deployment …';
    default:
      return `${progress.check.title} …`;
  }
}

/** `Waiting for IAM, 12 of 60 s: Everyone in the room gets each message (not yet)` */
export function waitingInWords({ check, waitsFor, left, of, passes = false }: Again): string {
  const seconds = (ms: number) => Math.round(ms / 1000);
  return `Waiting for ${waitsFor}, ${seconds(of - left)} of ${seconds(of)} s: ${check.title} (${passes ? 'so far' : 'not yet'})`;
}

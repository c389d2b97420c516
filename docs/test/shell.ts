import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from './console.ts';
import { difference } from './printed.ts';
import type { Place } from './workshop-copy.ts';

/** How long a command may take, in milliseconds: `npm ci` on a cold cache is the longest. */
const LONGEST = 240_000;

/** What a command printed, standard error among it, in the order it came. */
export interface Printed {
  readonly lines: readonly string[];
  /** Null where a signal ended it. */
  readonly code: number | null;
}

/** A reader's terminal: the folder and the variables of one command are those of the next. */
export class Shell {
  readonly #place: Place;
  readonly #variables: string;
  readonly #folder: string;

  private constructor(place: Place, memory: string) {
    this.#place = place;
    this.#variables = join(memory, 'variables');
    this.#folder = join(memory, 'folder');
  }

  /** `memory` is a folder of its own, where what one command leaves for the next is written down. */
  static async open(place: Place, memory: string): Promise<Shell> {
    const shell = new Shell(place, memory);
    await writeFile(shell.#variables, '');
    await writeFile(shell.#folder, place.folder);
    return shell;
  }

  /** Runs a command to its end; one that the page ends with Ctrl-C gets it when it has printed what is shown. */
  async run({ run, prints, interrupted }: Command): Promise<Printed> {
    const script = [
      `. '${this.#variables}'`,
      run.replaceAll('<this repository>', this.#place.repository ?? '<this repository>'),
      'ended=$?',
      `declare -px > '${this.#variables}'`,
      `pwd > '${this.#folder}'`,
      'exit $ended',
    ].join('\n');
    const child = spawn('bash', ['-c', script], {
      cwd: (await readFile(this.#folder, 'utf8')).trim(),
      env: newcomersEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: Ctrl-C goes to all of it, as a terminal's does.
      detached: true,
    });
    let text = '';
    let stopped = false;
    const heard = (piece: string): void => {
      text += piece;
      if (!interrupted || stopped || difference(prints, linesOf(text)) !== undefined) return;
      stopped = true;
      signalGroup(child.pid, 'SIGINT');
    };
    child.stdout.setEncoding('utf8').on('data', heard);
    child.stderr.setEncoding('utf8').on('data', heard);
    const deadline = setTimeout(() => signalGroup(child.pid, stopped || !interrupted ? 'SIGKILL' : 'SIGINT'), LONGEST);
    const last = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), LONGEST + 20_000);
    try {
      // `exit`, not `close`: what a command leaves in the background may hold its output open.
      const code = await new Promise<number | null>((resolve, reject) => {
        child.once('error', reject);
        child.once('exit', (ended) => setTimeout(() => resolve(ended), 50));
      });
      return { lines: linesOf(text), code };
    } finally {
      clearTimeout(deadline);
      clearTimeout(last);
      child.stdout.destroy();
      child.stderr.destroy();
    }
  }
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n|\r/);
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended by itself.
  }
}

/** This process's environment without what it adds for AWS, for colours and for the tests. */
function newcomersEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(AWS_|CDK_|FORCE_COLOR$|NODE_OPTIONS$|NODE_ENV$|VITEST|TEST$|npm_|CI$)/.test(name),
  );
  return { ...Object.fromEntries(own), NO_COLOR: '1', npm_config_update_notifier: 'false' };
}

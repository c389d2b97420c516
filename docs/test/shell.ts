import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from './console.ts';
import { difference } from './printed.ts';
import type { Place } from './workshop-copy.ts';

/** How long a command can take, in milliseconds: `npm ci` with a cold cache is the longest. */
const LONGEST = 240_000;

/** How often to look at a command that will be interrupted, in milliseconds. */
const GLANCE = 50;

/** A command's standard output and standard error, in order. */
export interface Printed {
  readonly lines: readonly string[];
  /** Null if a signal ended it. */
  readonly code: number | null;
}

/** A reader's terminal: each command keeps the folder and the variables of the one before. */
export class Shell {
  readonly #place: Place;
  readonly #memory: string;
  readonly #variables: string;
  readonly #folder: string;
  #commands = 0;

  private constructor(place: Place, memory: string) {
    this.#place = place;
    this.#memory = memory;
    this.#variables = join(memory, 'variables');
    this.#folder = join(memory, 'folder');
  }

  /** Opens a terminal. `memory` is an empty folder for what one command leaves for the next. */
  static async open(place: Place, memory: string): Promise<Shell> {
    const shell = new Shell(place, memory);
    await writeFile(shell.#variables, '');
    await writeFile(shell.#folder, place.folder);
    return shell;
  }

  /**
   * Runs a command to its end. If the page ends it with Ctrl-C, it gets that once it has printed what the page shows.
   */
  async run({ run, prints, interrupted }: Command): Promise<Printed> {
    const script = [
      `. '${this.#variables}'`,
      // Every variable is kept for the next command, exported or not.
      'set -a',
      run.replaceAll('<this repository>', this.#place.repository ?? '<this repository>'),
      'ended=$?',
      `declare -px > '${this.#variables}'`,
      `pwd > '${this.#folder}'`,
      'exit $ended',
    ].join('\n');
    // Not a pipe: the file has all output of the command when it ends, even if a background process keeps it open.
    this.#commands += 1;
    const file = join(this.#memory, `printed-${this.#commands}`);
    const cwd = (await readFile(this.#folder, 'utf8')).trim();
    const printed = await open(file, 'w');
    const child = spawn('bash', ['-c', script], {
      cwd,
      env: newcomersEnvironment(),
      stdio: ['ignore', printed.fd, printed.fd],
      // A process group, so Ctrl-C reaches all of it, as in a terminal.
      detached: true,
    });
    let stopped = false;
    const glance = (): void => {
      if (stopped || difference(prints, linesOf(readFileSync(file, 'utf8'))) !== undefined) return;
      stopped = true;
      signalGroup(child.pid, 'SIGINT');
    };
    const watching = interrupted ? setInterval(glance, GLANCE) : undefined;
    const deadline = setTimeout(() => signalGroup(child.pid, stopped || !interrupted ? 'SIGKILL' : 'SIGINT'), LONGEST);
    const last = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), LONGEST + 20_000);
    try {
      const code = await new Promise<number | null>((resolve, reject) => {
        child.once('error', reject);
        child.once('exit', resolve);
      });
      return { lines: linesOf(await readFile(file, 'utf8')), code };
    } finally {
      clearInterval(watching);
      clearTimeout(deadline);
      clearTimeout(last);
      await printed.close();
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
    // It has already ended.
  }
}

/** Returns this process's environment without variables for AWS, colors and tests. */
export function newcomersEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(AWS_|CDK_|FORCE_COLOR$|NODE_OPTIONS$|NODE_ENV$|VITEST|TEST$|npm_|CI$)/.test(name),
  );
  return { ...Object.fromEntries(own), NO_COLOR: '1', npm_config_update_notifier: 'false' };
}

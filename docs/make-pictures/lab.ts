import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { newcomersEnvironment } from '../test/shell.ts';

/** The `lab` command of a copy of the workshop, in color. */
export class Lab {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Returns what a command printed. Throws if it could not do its work: a lab that is not fixed is fine. */
  async run(...args: string[]): Promise<string> {
    const child = this.#spawn(args);
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (printed += data));
    const [code] = await once(child, 'close');
    if (code !== 0 && code !== 1) throw new Error(`lab ${args.join(' ')} ended with ${code}:\n${printed}`);
    return printed;
  }

  /** Returns a lab's report as a terminal of 80 columns shows it at last, with its colors. */
  async report(lab: string): Promise<string> {
    const { spawn: spawnInTerminal } = await import('@lydell/node-pty');
    const { NO_COLOR: _colored, ...environment } = newcomersEnvironment();
    const program = [join(this.#folder, 'checker/launch/lab.mjs'), 'check', lab];
    const options = { name: 'xterm', cols: 80, rows: 50, cwd: this.#folder, env: { ...environment, FORCE_COLOR: '1' } };
    const terminal = spawnInTerminal(process.execPath, program, options);
    let printed = '';
    terminal.onData((text) => (printed += text));
    await new Promise((resolve) => terminal.onExit(resolve));
    // A line that was drawn over begins again behind its clearing.
    const lines = printed.split('\n').map((line) => line.split('\u001b[2K').at(-1)?.replaceAll('\r', '') ?? '');
    const first = lines.findIndex((line) => /^[✗✓…!] Lab \d/.test(stripVTControlCharacters(line)));
    if (first === -1) throw new Error(`lab check ${lab} printed no verdict:\n${printed}`);
    return lines.slice(first).join('\n').trimEnd();
  }

  /** Serves a lab's chat page until it is closed. */
  async open(lab: string): Promise<{ readonly url: string; close(): Promise<void> }> {
    const child = this.#spawn(['open', lab]);
    const url = await new Promise<string>((resolve, reject) => {
      let printed = '';
      child.stdout.on('data', (data) => {
        printed += data;
        const [address] = /http:\/\/127\.0\.0\.1:\d+\//.exec(printed) ?? [];
        if (address !== undefined) resolve(address);
      });
      child.on('close', () => reject(new Error(`lab open ${lab} ended:\n${printed}`)));
    });
    return {
      url,
      async close() {
        const closed = once(child, 'close');
        child.kill('SIGINT');
        await closed;
      },
    };
  }

  #spawn(args: readonly string[]) {
    return spawn(process.execPath, [join(this.#folder, 'checker/launch/lab.mjs'), ...args], {
      cwd: this.#folder,
      env: { ...newcomersEnvironment(), ...(args[0] === 'check' ? { NO_COLOR: undefined, FORCE_COLOR: '1' } : {}) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }
}

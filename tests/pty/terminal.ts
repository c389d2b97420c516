import type { IPty } from '@lydell/node-pty';

/** How long something may take to appear, in milliseconds: a first deployment, on a busy machine. */
const patience = 150_000;

/** A terminal with a program in it: its screen, and keys to press. */
export interface Terminal {
  readonly pid: number;
  /** Every line so far, as it is there now; overwritten text is gone. */
  lines(): string[];
  /** Resolves with the lines from `from` on when they contain the text. */
  saw(text: string | RegExp, from?: number): Promise<string>;
  press(keys: string): void;
  resize(columns: number): void;
  readonly exitCode: Promise<number>;
  kill(): void;
}

export interface Program {
  readonly args: readonly string[];
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly columns: number;
  /** How many lines it shows; 50 by default. */
  readonly rows?: number;
}

/** The reason why no terminal can be created here; undefined if one can. */
export async function whyNoTerminal(): Promise<string | undefined> {
  if (process.platform === 'win32')
    return 'ConPTY draws the screen in its own way, which is not what is looked at here';
  return import('@lydell/node-pty').then(
    () => undefined,
    (error: Error) => `@lydell/node-pty has no program for ${process.platform}-${process.arch}: ${error.message}`,
  );
}

/** Starts Node.js in a terminal of the given width. */
export async function openTerminal({ args, folder, environment, columns, rows = 50 }: Program): Promise<Terminal> {
  const { spawn } = await import('@lydell/node-pty');
  const { CI: _notHere, ...variables } = environment;
  const pty: IPty = spawn(process.execPath, [...args], {
    name: 'xterm',
    cols: columns,
    rows,
    cwd: folder,
    env: { ...variables, NO_COLOR: '1' },
  });
  const screen = new Screen(rows);
  pty.onData((text) => screen.write(text));
  let ended: number | undefined;
  const exitCode = new Promise<number>((resolve) =>
    pty.onExit((exit) => {
      ended = exit.exitCode;
      resolve(exit.exitCode);
    }),
  );
  return {
    pid: pty.pid,
    lines: () => screen.lines(),
    async saw(text, from = 0) {
      const deadline = Date.now() + patience;
      for (;;) {
        const seen = screen.lines().slice(from).join('\n');
        // The terminal's width decides where sentences wrap.
        if (typeof text === 'string' ? seen.replace(/\n\s*/g, ' ').includes(text) : text.test(seen)) return seen;
        if (ended !== undefined || Date.now() > deadline) throw new Error(`${text} did not come:\n${seen}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    press: (keys) => pty.write(keys),
    resize: (width) => pty.resize(width, rows),
    exitCode,
    kill: () => (ended === undefined ? pty.kill('SIGKILL') : undefined),
  };
}

/**
 * As much of a terminal as `lab` uses: lines, going back to the start of a line or of the screen, and clearing both.
 */
class Screen {
  readonly #lines: string[] = [''];
  #column = 0;
  readonly #rows: number;
  /** An escape sequence that has only partly arrived. */
  #rest = '';

  constructor(rows: number) {
    this.#rows = rows;
  }

  write(text: string): void {
    const all = this.#rest + text;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are how a terminal is controlled
    const whole = all.replace(/\u001b(\[[\d;?]*|\][^\u0007\u001b]*)?$/, '');
    this.#rest = all.slice(whole.length);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are how a terminal is controlled
    for (const [part] of whole.matchAll(/\u001b\[[\d;?]*[A-Za-z]|\u001b\][^\u0007\u001b]*(\u0007|\u001b\\)|[\s\S]/gu)) {
      this.#take(part);
    }
  }

  lines(): string[] {
    return this.#lines.map((line) => line.trimEnd());
  }

  #take(part: string): void {
    const last = this.#lines.length - 1;
    if (part === '\r') this.#column = 0;
    else if (part === '\n') this.#lines.push('');
    else if (part === '\u001b[2K') this.#lines[last] = '';
    else if (part === '\u001b[H') {
      this.#lines.length = Math.max(0, this.#lines.length - this.#rows) + 1;
      this.#column = 0;
    } else if (part === '\u001b[J') this.#lines[last] = '';
    else if (!part.startsWith('\u001b')) {
      const line = [...(this.#lines[last] ?? '').padEnd(this.#column)];
      line[this.#column] = part;
      this.#lines[last] = line.join('');
      this.#column += 1;
    }
  }
}

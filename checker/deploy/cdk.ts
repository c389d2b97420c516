import type { ChildProcess } from 'node:child_process';
import type { Environment } from '../aws/environment.ts';
import { spawnProgram } from '../synth/spawn.ts';
import type { CdkCall } from './cdk-process.ts';

/** How a call of the CDK CLI ended, with all of its output. */
export interface CdkEnd {
  /** Undefined if it was killed. */
  readonly code: number | undefined;
  readonly output: string;
}

/** The stock CDK CLI, each call in a new process. A process that was started beforehand has loaded it already. */
export class Cdk {
  readonly #root: string;
  #spare: ChildProcess | undefined;

  constructor(root: string) {
    this.#root = root;
  }

  /** Starts a process for the next call, unless there is one. */
  warm(): void {
    this.#spare ??= this.#spawn();
  }

  /**
   * Calls the CLI and resolves when it has ended. If aborted, it ends right away: operations that it started in the
   * account continue there.
   */
  async run(
    { args, folder, environment }: { args: readonly string[]; folder: string; environment: Environment },
    signal: AbortSignal,
  ): Promise<CdkEnd> {
    if (signal.aborted) return { code: undefined, output: '' };
    const child = this.#spare?.connected ? this.#spare : this.#spawn();
    this.#spare = undefined;
    const output: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (piece: string) => output.push(piece));
    }
    const end = () => child.kill('SIGKILL');
    signal.addEventListener('abort', end, { once: true });
    try {
      return await new Promise<CdkEnd>((resolve, reject) => {
        child.once('error', reject);
        child.once('close', (code) => resolve({ code: code ?? undefined, output: output.join('') }));
        child.send({ args, folder, environment } satisfies CdkCall, (error) => error && child.kill());
      });
    } finally {
      signal.removeEventListener('abort', end);
    }
  }

  /** Ends the process that was kept ready. */
  close(): void {
    this.#spare?.kill('SIGKILL');
    this.#spare = undefined;
  }

  #spawn(): ChildProcess {
    const environment = { FORCE_COLOR: '0', NO_COLOR: '1', CI: '1' };
    const child = spawnProgram(this.#root, 'cdk.js', { environment });
    child.on('error', () => {});
    return child;
  }
}

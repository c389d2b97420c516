import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { withEnvironment } from '../aws/environment.ts';
import type { Answer } from './message.ts';
import type { Proof } from './prove.ts';
import type { Variant } from './variants.ts';

/** The parts of a promise that is settled later. */
interface Waiting {
  resolve(proof: Proof): void;
  reject(error: unknown): void;
}

/** A process that proves variants, several at once: checks and practice accounts of one process share its thread. */
export class Prover {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #orders = 0;

  /** `seed` is that of AWS's weather; calm without it. */
  constructor(root: string, seed?: number) {
    this.#child = spawn(
      process.execPath,
      [join(root, 'dist', 'prover.js'), ...(seed === undefined ? [] : [`${seed}`])],
      {
        cwd: root,
        env: withEnvironment({ NODE_OPTIONS: undefined }),
        // In its own process group, so that Ctrl-C reaches only this process, which decides what to do.
        detached: process.platform !== 'win32',
        windowsHide: true,
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        // Variants contain maps.
        serialization: 'advanced',
      },
    );
    this.#child.on('error', (error) => this.#fail(error));
    this.#child.on('message', (answer: Answer) => {
      const waiting = this.#waiting.get(answer.number);
      this.#waiting.delete(answer.number);
      if ('proof' in answer) waiting?.resolve(answer.proof);
      else waiting?.reject(answer.error);
    });
    this.#child.on('exit', (code, signal) =>
      this.#fail(new Error(`A process of the proof ended with ${code ?? signal}.`)),
    );
  }

  /** Rejects if the variant couldn't be checked because of a bug in the workshop, or when the signal aborts. */
  async prove(lab: string, variant: Variant, signal: AbortSignal): Promise<Proof> {
    signal.throwIfAborted();
    this.#orders += 1;
    const number = this.#orders;
    const abort = () => this.#fail(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    try {
      return await new Promise<Proof>((resolve, reject) => {
        this.#waiting.set(number, { resolve, reject });
        this.#child.send({ number, lab, variant }, (error) => error && reject(error));
      });
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  /** Resolves once the process has deleted its accounts and ended. */
  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    if (this.#child.connected) this.#child.disconnect();
    await ended;
  }

  #fail(error: unknown): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

import type { ChildProcess } from 'node:child_process';
import { LabError } from '../failures/errors.ts';
import type { ExplainedError } from '../failures/explain-error.ts';
import { spawnProgram } from '../synth/spawn.ts';
import type { Answer, Order } from './message.ts';
import type { Proof } from './prove.ts';

/** The parts of a promise that is settled later. */
interface Waiting {
  resolve(proof: Proof): void;
  reject(error: unknown): void;
}

/** The longest that the process may take to end, in milliseconds: slightly longer than it allows itself. */
const longestEnd = 12_000;

/** A process that proves variants, one in each lane: all checks and accounts of one process share its thread. */
export class Prover {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  /** By lane. */
  readonly #waiting = new Map<number, Waiting>();

  /** `seed` is that of AWS's weather; calm without it. */
  constructor(root: string, seed?: number) {
    this.#child = spawnProgram(root, 'prover.js', {
      args: seed === undefined ? [] : [String(seed)],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      // Variants contain maps.
      serialization: 'advanced',
    });
    this.#ended = new Promise((resolve) => {
      this.#child.once('error', resolve);
      this.#child.once('exit', (code, signal) => resolve(endOf(code, signal)));
    });
    void this.#ended.then((error) => this.#fail(error));
    this.#child.on('message', (answer: Answer) => {
      const waiting = this.#waiting.get(answer.lane);
      this.#waiting.delete(answer.lane);
      if ('proof' in answer) waiting?.resolve(answer.proof);
      else waiting?.reject(asError(answer.failure));
    });
  }

  /**
   * Rejects if the variant couldn't be checked, or when the signal aborts: with a LabError if a person can act on it,
   * and any other error for a bug in the workshop.
   */
  async prove(order: Order, signal: AbortSignal): Promise<Proof> {
    signal.throwIfAborted();
    const abort = () => this.#fail(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    try {
      return await new Promise<Proof>((resolve, reject) => {
        this.#waiting.set(order.lane, { resolve, reject });
        this.#child.send(order, (error) => error && reject(error));
      });
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  /** Resolves once the process has deleted its accounts and ended. */
  async close(): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    const late = setTimeout(() => this.#child.kill('SIGKILL'), longestEnd);
    await this.#ended;
    clearTimeout(late);
  }

  #fail(error: unknown): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

/** A signal comes from another program; a process that ends without one has a bug. */
function endOf(code: number | null, signal: NodeJS.Signals | null): Error {
  if (signal === null) return new Error(`A process of the proof ended with ${code}.`);
  return new LabError(
    `${signal} ended a process of the proof.`,
    'The system ends processes when memory runs out. Free some, and run the proof again.',
  );
}

function asError({ lines: [message = '', ...more], isFault }: ExplainedError): Error {
  if (!isFault) return new LabError(message, more.join(' '));
  return Object.assign(new Error(message), { stack: [message, ...more].join('\n') });
}

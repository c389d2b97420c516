import type { Caller } from '../calls/caller.ts';
import type { Clock } from '../calls/context.ts';

/** A function's latest call of an operation, or with an option, that the practice account doesn't support. */
export interface UnsupportedCall {
  readonly functionName: string;
  /** The error's sentence, which names what isn't supported. */
  readonly message: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** How many calls are remembered: a room's functions need few of them. */
const most = 100;

/**
 * The unsupported calls of functions. A handler can hide the error, and what it does without the call isn't a mistake.
 */
export class UnsupportedCalls {
  readonly #clock: Clock;
  readonly #calls = new Map<string, UnsupportedCall>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Remembers a call if a function made it. */
  add(caller: Caller | undefined, message: string): void {
    const functionName = caller?.session?.functionArn?.split(':')[6];
    if (functionName === undefined) return;
    const key = `${functionName} ${message}`;
    this.#calls.delete(key);
    this.#calls.set(key, { functionName, message, at: this.#clock.now().getTime() });
    const [oldest] = this.#calls.keys();
    if (this.#calls.size > most && oldest !== undefined) this.#calls.delete(oldest);
  }

  /** Returns them, the oldest first. */
  all(): readonly UnsupportedCall[] {
    return [...this.#calls.values()];
  }
}

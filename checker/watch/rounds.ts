import { fingerprint } from '../workshop/sources.ts';

/** One round: a newer save aborts anything but a deployment, which is allowed to finish. */
export type Round = (superseded: AbortSignal) => Promise<void>;

export interface RoundsOptions {
  /** The current lab's folder. */
  readonly folder: () => string;
  readonly round: Round;
  /** Called when there was a save during a round, once per round. */
  readonly onSuperseded: () => void;
  /** Called with a round's error; the next save starts another round. */
  readonly onError: (error: unknown) => void;
}

/**
 * Runs one round after another, each for the newest save. A save during a round starts another one afterward; the
 * signal tells the running one that it is outdated. Saves without changes start none.
 */
export class Rounds {
  readonly #options: RoundsOptions;
  #running: AbortController | undefined;
  #last: string | undefined;
  #again = false;
  #idle: Promise<void> = Promise.resolve();

  constructor(options: RoundsOptions) {
    this.#options = options;
  }

  /** Whether a round is running that isn't outdated. */
  get busy(): boolean {
    return this.#running?.signal.aborted === false;
  }

  /** Whether the folder differs from its state in the last round. */
  isBehind(): boolean {
    return this.#last !== undefined && fingerprint(this.#options.folder()) !== this.#last;
  }

  /** Something was saved, or with `always`, somebody asked. Throws if the folder can't be read. */
  request(always = false): void {
    if (!always && fingerprint(this.#options.folder()) === this.#last) return;
    this.#again = true;
    if (this.#running === undefined) {
      this.#idle = this.#run();
    } else if (!this.#running.signal.aborted) {
      this.#options.onSuperseded();
      this.#running.abort();
    }
  }

  /** Aborts the running round unless it is deploying; earlier saves start no other. */
  supersede(): void {
    this.#again = false;
    this.#running?.abort();
  }

  /** Resolves when no round is running. */
  idle(): Promise<void> {
    return this.#idle;
  }

  async #run(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      this.#running = new AbortController();
      try {
        this.#last = fingerprint(this.#options.folder());
        await this.#options.round(this.#running.signal);
      } catch (error) {
        this.#options.onError(error);
      }
    }
    this.#running = undefined;
  }
}
